import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Suspense, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Clocks } from '#server/contract/registry-search.ts'
import { inLanguage } from '#server/contract/vocabulary.ts'
import { type Answer, api } from '#web/api.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { classesOf } from '#web/map/classes.ts'
import fields from '#web/ui/field.module.css'
import { lazily } from '#web/ui/lazily.tsx'
import { Panel } from '#web/ui/panel.tsx'
import { ErrorState, Skeleton } from '#web/ui/states.tsx'
import text from '#web/ui/text.module.css'
import { ClockFields } from './clock-fields.tsx'
import history from './history.module.css'
import { saidAt } from './said.ts'
import styles from './territory-panel.module.css'

const CityMap = lazily(() =>
  import('#web/map/map.tsx').then(({ CityMap }) => ({ default: CityMap })),
)

interface TerritoryPanelProps {
  organization: string
  clocks: Clocks
  onClocks: (clocks: Clocks) => void
}

/** The houses it answers for on the map, its inflow against time at risk, and what came and went in the year. */
export function TerritoryPanel({ organization, clocks, onClocks }: TerritoryPanelProps) {
  const { t } = useTranslation('registry')
  const format = useFormat()
  const [predecessors, setPredecessors] = useState(false)
  const answer = useQuery(
    api.registry.territory.queryOptions(
      { id: organization, clocks, predecessors },
      { placeholderData: keepPreviousData },
    ),
  )
  const houses = answer.data?.houses
  const around = useMemo(() => houses?.map(({ key }) => key) ?? [], [houses])
  const states = useMemo(() => classesOf(new Map(houses?.map(({ key }) => [key, HELD]))), [houses])
  const data = answer.data
  if (answer.isError && !data)
    return (
      <ErrorState
        what={t('territory.failed')}
        todo={t('failedTodo')}
        retry={{ label: t('retry'), run: () => void answer.refetch() }}
      />
    )
  return (
    <Panel
      title={t('territory.title')}
      note={
        data
          ? t('territory.houses', {
              count: data.houses.length,
              n: format.number(data.houses.length),
              date: saidAt(format, clocks.asOf, data.asOf),
            })
          : undefined
      }
      actions={<ClockFields clocks={clocks} onChange={onClocks} />}
    >
      <div
        className={styles.territory}
        data-moves={(data && data.gained.length + data.lost.length > 0) || undefined}
      >
        <div className={styles.map}>
          <Suspense fallback={<Skeleton height="100%" />}>
            <CityMap
              measure="emergency"
              states={states}
              labels="districts"
              around={around}
              label={t('territory.map', { n: format.number(data?.houses.length ?? 0) })}
            />
          </Suspense>
        </div>
        {data ? <Exposure data={data} /> : <Skeleton height={260} />}
      </div>
      <label className={fields.check}>
        <input
          type="checkbox"
          checked={predecessors}
          onChange={(event) => setPredecessors(event.target.checked)}
        />
        {t('territory.predecessors')}
      </label>
    </Panel>
  )
}

/** Position in CLASSES.emergency of a building that stands out. */
const HELD = 1
const MOVES = 6

function Exposure({ data }: { data: Answer['registry']['territory'] }) {
  const { t } = useTranslation('registry')
  const format = useFormat()
  const { exposure, gained, lost } = data
  const rate = (value: number | null) => (value === null ? '' : format.number(value, 1))
  return (
    <div className={history.stack}>
      <dl className={styles.exposure}>
        <div>
          <dt>{t('territory.per1000')}</dt>
          <dd>
            <strong>{rate(exposure.incidentsPer1000)}</strong>{' '}
            <span className={text.quiet}>
              {t('territory.incidents', { n: format.number(exposure.incidents) })}
            </span>
          </dd>
        </div>
        <div>
          <dt>{t('territory.requestsPer1000')}</dt>
          <dd>
            <strong>{rate(exposure.requestsPer1000)}</strong>{' '}
            <span className={text.quiet}>
              {t('territory.requests', { n: format.number(exposure.requests) })}
            </span>
          </dd>
        </div>
        <div>
          <dt>{t('territory.flatMonths')}</dt>
          <dd>
            <strong>{format.number(exposure.flatMonths)}</strong>{' '}
            <span className={text.quiet}>
              {format.date(exposure.from)} – {format.date(exposure.to)}
              {exposure.unknownApartments > 0
                ? `, ${t('territory.unknown', { n: format.number(exposure.unknownApartments) })}`
                : ''}
            </span>
          </dd>
        </div>
      </dl>
      <Moves title={t('territory.gained', { n: format.number(gained.length) })} moves={gained} />
      <Moves title={t('territory.lost', { n: format.number(lost.length) })} moves={lost} />
    </div>
  )
}

function Moves({
  title,
  moves,
}: {
  title: string
  moves: Answer['registry']['territory']['gained']
}) {
  const { t } = useTranslation('registry')
  const format = useFormat()
  if (moves.length === 0) return null
  return (
    <div>
      <h3 className={styles.subtitle}>{title}</h3>
      <ul className={history.rows}>
        {moves.slice(0, MOVES).map(({ building, other, at, merger }) => (
          <li key={`${building.id} ${at}`}>
            <Link to="/buildings/$building" params={{ building: building.id }}>
              {inLanguage(building.address, format.language)}
            </Link>
            <span>{other?.name ?? t('nobody')}</span>
            <span className={text.quiet}>
              {format.date(at)}
              {merger ? `, ${t('history.byMerger')}` : ''}
            </span>
          </li>
        ))}
      </ul>
      {moves.length > MOVES ? (
        <p className={text.quiet}>
          {t('statements.more', { n: format.number(moves.length - MOVES) })}
        </p>
      ) : null}
    </div>
  )
}
