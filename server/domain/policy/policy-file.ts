import { z } from 'zod'
import { EVALUATED } from '#server/contract/flags.ts'

const share = z.number().min(0).max(1)
const above = z.number().min(1).max(10)

/**
 * The numbers by which organizations are called out, as data. It is published before the first period it applies to: nobody
 * is judged by rules that were made after the fact.
 */
export const PolicyFile = z
  .strictObject({
    type: z.literal('policy'),
    version: z.number().int().positive(),
    publishedAt: z.iso.date(),
    /** First day of the periods that are judged by it. */
    validFrom: z.iso.date(),
    levels: z.strictObject({
      minExpected: z.number().positive(),
      minRequests: z.number().int().positive(),
      maxOwnShare: share,
      minExpectedForSpread: z.number().positive(),
      normalFrom: z.number().positive(),
      trim: z.number().min(0).lt(0.5),
      zAct: z.number().positive(),
      zWarn: z.number().positive(),
      qAct: share,
      excess: z.strictObject({ a: above, b: above, c: above, watch: above }),
      quartersAbove: z.number().int().min(0).max(4),
      together: z
        .strictObject({
          measures: z.tuple([z.enum(EVALUATED), z.enum(EVALUATED)]),
          quartersAbove: z.number().int().min(0).max(8),
        })
        .nullable(),
    }),
    casemix: z.strictObject({
      minStratum: z.number().int().min(0),
      borrowed: z.number().min(0),
      maxStratumShare: share,
    }),
    pace: z.strictObject({ horizon: share, maxStratumShare: share }),
    persistence: z.strictObject({
      /** Evaluations in a row that meet it before it is issued. */
      issueAfter: z.number().int().min(1),
      /** Withdrawn after so many in a row with q above and the lower end at most this. */
      withdraw: z.strictObject({
        q: share,
        l975: z.number().positive(),
        after: z.number().int().min(1),
      }),
      watchEnds: z.strictObject({ zDispersed: z.number(), after: z.number().int().min(1) }),
      /** With more than this share of its buildings changed an organization begins anew. */
      changedShare: share,
    }),
    /** With more than this share of the excess among emergencies a flag is issued at once. */
    emergencyShare: share,
    /** When a chart of weeks signals; absent = as version 1 had it (stats/cusum.ts). */
    warning: z
      .strictObject({
        /** The change that the charts look for, as a ratio of odds. */
        oddsRatio: z.number().gt(1).max(10),
        /** Limit by requests a year, for one false signal in a hundred years of a company. */
        limits: z.array(z.tuple([z.number().positive(), z.number().positive()])).min(2),
        /** A signal counts for so many weeks. */
        lastWeeks: z.number().int().min(1).max(52),
      })
      .optional(),
    /** By which numbers the indicators of integrity ask; absent = as version 1 had it (contract/integrity.ts). */
    integrity: z
      .strictObject({
        version: z.number().int().positive(),
        leastEvents: z.number().int().positive(),
        leastRequests: z.number().int().positive(),
        q: share,
        ratio: above,
        ratioOfTimes: above,
        maxOwnShare: share,
        limit: z.strictObject({ p: share, beyond: share, leastShare: share }),
        mass: z.number().positive(),
        heap: z.strictObject({ p: share, v: share }),
        burst: z.strictObject({
          p: share,
          closings: z.number().int().positive(),
          minutes: z.array(z.number().int().positive()).min(1),
          leastShare: share,
        }),
        outlier: z.strictObject({ z: z.number().positive(), most: share }),
      })
      .optional(),
    /** Shares of the index of the overview, and for how many an emergency that was late counts; absent = the method's. No level comes from it. */
    index: z
      .strictObject({
        weights: z
          .strictObject({ late: share, pace: share, reopened: share })
          .refine(
            ({ late, pace, reopened }) => Math.abs(late + pace + reopened - 1) < 1e-9,
            'weights do not add up to 1',
          ),
        emergencyWeight: z.number().min(1).max(10),
      })
      .optional(),
    replyWorkingDays: z.number().int().min(0).max(60),
    /** Driven by one building or one week: without it the lower end of the interval lies below. */
    driven: z.strictObject({ l975: z.number().positive() }),
    /** Poorer data block a flag. */
    quality: z.strictObject({
      /** Of the organization's requests, those with impossible or unknown times. */
      maxMarkedShare: share,
      /** Of the days of the period, those on which the sources of its requests were silent. */
      maxSilentShare: share,
      /** A source with fewer requests a day may be silent on some. */
      dailyForSilence: z.number().positive(),
    }),
  })
  .refine(
    ({ publishedAt, validFrom }) => publishedAt <= validFrom,
    'validFrom lies before publishedAt: nobody may be judged by rules that were published after the period began; set validFrom to the day of publication or later',
  )
export type PolicyFile = z.output<typeof PolicyFile>
