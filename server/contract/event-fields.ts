import { z } from 'zod'

export const name = z.string().trim().min(1).max(200)
/** An id given by a source: printable, no white space at the ends, no control characters. */
export const id = z
  .string()
  .min(1)
  .max(128)
  .regex(
    /^[^\p{Cc}\s](?:[^\p{Cc}]*[^\p{Cc}\s])?$/u,
    'an id has no control characters and no white space at its ends',
  )
export const words = z.strictObject({
  kk: name.optional(),
  ru: name.optional(),
  en: name.optional(),
})
export const lon = z.number().min(-180).max(180)
export const lat = z.number().min(-90).max(90)
export const ring = z
  .array(z.tuple([lon, lat]))
  .min(4)
  .max(5000)
const milliseconds = z.number().int().min(-62_135_596_800_000).max(253_402_300_799_999)
/** UTC epoch milliseconds. On the wire an ISO 8601 instant with an offset is read too. */
export const Instant = z.union(
  [
    milliseconds,
    z.iso
      .datetime({ offset: true })
      .transform((text) => Date.parse(text))
      .pipe(milliseconds),
  ],
  'expected an instant: UTC epoch milliseconds, or ISO 8601 with an offset such as 2026-02-10T12:00:00+05:00',
)
/** Why a person or a source corrects what stands; never about a person. */
export const reason = z.string().trim().min(1).max(300)
