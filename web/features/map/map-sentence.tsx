import type { ReactNode } from 'react'
import { Trans, useTranslation } from 'react-i18next'
import { inLanguage } from '#server/contract/vocabulary.ts'
import { useFormat } from '#web/lib/use-format.ts'
import type { City } from '#web/map/geometry.ts'
import { type InstantMeasure, isOfAnInstant, type Measure } from '#web/map/layers.ts'
import { NumberLink, Sentence } from '#web/ui/sentence.tsx'
import { COMPARED } from './compared.ts'
import type { MapSearch } from './search.ts'
import { SentenceAwaited } from './sentence-awaited.tsx'
import { CHANGE_DAYS, type useMapRows } from './use-map-rows.ts'

const NOW_OF = {
  open: ['sentence.nowOpen', { is: ['open'] }],
  overdue: ['sentence.nowOverdue', { is: ['overdue'] }],
  emergency: ['sentence.nowEmergency', { is: ['open'], priority: ['emergency'] }],
} as const

interface MapSentenceProps {
  measure: Measure
  known: Pick<
    ReturnType<typeof useMapRows>,
    'rows' | 'state' | 'deviation' | 'change' | 'silence' | 'before'
  >
  search: MapSearch
  /** Its numbers are of another instant, whose rows stand in the list beside the map. */
  past: boolean
}

/** The sentence of an instant without its links, for a picture; the same words and numbers as above the map. */
export function useSaid(
  measure: InstantMeasure,
  { rows, state, city }: MapSentenceProps['known'] & { city: City | undefined },
  { district, category, organization }: MapSearch,
) {
  const { t } = useTranslation('map')
  const { number, language } = useFormat()
  return () => {
    if (!rows || !state) return ''
    const within = [
      ...(city?.districts ?? []).flatMap(({ id, name }) =>
        district.includes(id) ? [inLanguage(name, language)] : [],
      ),
      ...(category.length > 0
        ? [t('category.some', { count: category.length, n: number(category.length) })]
        : []),
      ...organization,
    ]
    const { totals, unplaced } = state
    const text = (count: number, kind: 'open' | 'overdue' | 'emergency' | 'late') =>
      t(`sentence.${kind}`, { count, n: number(count) })
    const n = rows.listed.length
    const buildings = t('sentence.inBuildings', { count: n, n: number(n) })
    const requests = text(totals[KIND[measure]], KIND[measure])
    const said = {
      open: () => t('sentence.openIn', { requests, buildings }),
      overdue: () => t('sentence.overdueIn', { requests, buildings }),
      emergency: () =>
        totals.emergencyOverdue > 0
          ? t('sentence.emergencyLate', {
              ...{ requests, buildings },
              late: text(totals.emergencyOverdue, 'late'),
            })
          : t('sentence.emergencyIn', { requests, buildings }),
      intensity: () =>
        rows.rate === null
          ? t('sentence.noApartments')
          : t('sentence.intensity', { requests, rate: number(rows.rate, 1) }),
    }[measure]()
    const without =
      unplaced > 0 ? ` ${t('unplaced', { count: unplaced, n: number(unplaced) })}` : ''
    const whose = within.length > 0 ? `${within.join(', ')}: ` : ''
    return whose + said.replaceAll(/<\/?\w>/g, '') + without
  }
}

const KIND = {
  open: 'open',
  overdue: 'overdue',
  emergency: 'emergency',
  intensity: 'open',
} as const

/** What the map shows, in one sentence of the same numbers. */
export function MapSentence({ measure, known, search, past }: MapSentenceProps) {
  const { t } = useTranslation('map')
  const { number } = useFormat()
  const { rows, state, deviation, change, before } = known
  if (!rows || !state)
    return <SentenceAwaited measure={measure} vs={past ? undefined : search.vs} />
  const { district, category, organization } = search
  const within = { district, category, organization }
  const requests = (rest: object): ReactNode =>
    past ? <b /> : <NumberLink to="/requests" search={{ ...within, ...rest }} />
  const { totals } = state
  const buildings = t('sentence.inBuildings', {
    count: rows.listed.length,
    n: number(rows.listed.length),
  })
  const text = (count: number, kind: 'open' | 'overdue' | 'emergency' | 'late') =>
    t(`sentence.${kind}`, { count, n: number(count) })
  if (before && isOfAnInstant(measure)) {
    const counted = measure === 'intensity' ? 'open' : measure
    const difference = totals[counted] - before.totals[counted]
    const [now, what] = NOW_OF[counted]
    return (
      <Sentence>
        <Trans
          t={t}
          i18nKey={now}
          values={{ requests: text(totals[counted], counted) }}
          components={{ a: requests(what) as never }}
        />
        {': '}
        {t(`sentence.${difference > 0 ? 'more' : difference < 0 ? 'fewer' : 'equal'}`, {
          n: number(Math.abs(difference)),
          past: t(COMPARED[search.vs ?? CHANGE_DAYS].instant),
        })}
      </Sentence>
    )
  }
  switch (measure) {
    case 'change':
      return (
        <Sentence>
          {!change || change.tooEarly
            ? t('sentence.noBefore')
            : t('sentence.changed', {
                count: rows.listed.length,
                n: number(rows.listed.length),
                all: number(change.buildings),
                chance: number(Math.round(change.byChance)),
              })}
        </Sentence>
      )
    case 'silence':
      return (
        <Sentence>
          {t('sentence.silent', {
            count: rows.listed.length,
            n: number(rows.listed.length),
            all: number(rows.places.length),
          })}
        </Sentence>
      )
    case 'deviation':
      return (
        <Sentence>
          {!deviation || deviation.tooEarly
            ? t('sentence.tooEarly')
            : t('sentence.deviating', {
                count: rows.listed.length,
                n: number(rows.listed.length),
                all: number(rows.places.length),
                chance: number(Math.round(deviation.byChance)),
              })}
        </Sentence>
      )
    case 'overdue':
      return (
        <Sentence>
          <Trans
            t={t}
            i18nKey="sentence.overdueIn"
            values={{ requests: text(totals.overdue, 'overdue'), buildings }}
            components={{ a: requests({ is: ['overdue'] }) as never }}
          />
        </Sentence>
      )
    case 'emergency':
      return (
        <Sentence>
          <Trans
            t={t}
            i18nKey={
              totals.emergencyOverdue > 0 ? 'sentence.emergencyLate' : 'sentence.emergencyIn'
            }
            values={{
              requests: text(totals.emergency, 'emergency'),
              late: text(totals.emergencyOverdue, 'late'),
              buildings,
            }}
            components={{
              a: requests({ is: ['open'], priority: ['emergency'] }) as never,
              b: requests({ is: ['overdue'], priority: ['emergency'] }) as never,
            }}
          />
        </Sentence>
      )
    case 'intensity':
      if (rows.rate === null) return <Sentence>{t('sentence.noApartments')}</Sentence>
      return (
        <Sentence>
          <Trans
            t={t}
            i18nKey="sentence.intensity"
            values={{
              requests: text(totals.open, 'open'),
              rate: number(rows.rate ?? 0, 1),
            }}
            components={{ a: requests({ is: ['open'] }) as never }}
          />
        </Sentence>
      )
    default:
      return (
        <Sentence>
          <Trans
            t={t}
            i18nKey="sentence.openIn"
            values={{ requests: text(totals.open, 'open'), buildings }}
            components={{ a: requests({ is: ['open'] }) as never }}
          />
        </Sentence>
      )
  }
}
