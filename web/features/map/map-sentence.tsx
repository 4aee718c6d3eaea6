import type { ReactNode } from 'react'
import { Trans, useTranslation } from 'react-i18next'
import { useFormat } from '#web/lib/use-format.ts'
import { isOfAnInstant, type Measure } from '#web/map/layers.ts'
import { NumberLink, Sentence } from '#web/ui/sentence.tsx'
import { Skeleton } from '#web/ui/states.tsx'
import { COMPARED } from './compared.ts'
import type { MapSearch } from './search.ts'
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

/** What the map shows, in one sentence of the same numbers. */
export function MapSentence({ measure, known, search, past }: MapSentenceProps) {
  const { t } = useTranslation('map')
  const { number } = useFormat()
  const { rows, state, deviation, change, before } = known
  if (!rows || !state) return <Skeleton height={36} width="min(100%, 720px)" />
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
