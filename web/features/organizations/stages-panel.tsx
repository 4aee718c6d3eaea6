import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Filter } from '#server/contract/filter.ts'
import { STAGE_ROWS } from '#server/contract/organizations.ts'
import { type Answer, api } from '#web/api.ts'
import { IntervalAxis, IntervalCell, type Scale } from '#web/chart/interval-cell.tsx'
import { writeAddress } from '#web/lib/address.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { ExportLinks } from '#web/table/export-links.tsx'
import { MeasureInfo, shows } from '#web/ui/measure.tsx'
import { Panel } from '#web/ui/panel.tsx'
import { SideScroll } from '#web/ui/side-scroll.tsx'
import { EmptyState, Skeleton } from '#web/ui/states.tsx'
import { WATCHED } from './freshness.ts'
import { type One, ownRows } from './one.ts'
import table from './organizations.module.css'
import styles from './panels.module.css'
import { useTick } from './use-tick.ts'

const SCALE: Scale = { low: 1, high: 30 * 86_400, log: true }
const WIDTH = 150
const TICKS = [1, 60, 3600, 86_400]

type Stages = Answer['organizations']['stages']
type Stage = Stages['stages'][number]
type Profile = Answer['organizations']['profile']

/** Where the time goes between registration and closing, and how much work is done over again. */
export function StagesPanel({ one, profile }: { one: One; profile: Profile | undefined }) {
  const { t } = useTranslation('organizations')
  const format = useFormat()
  const tick = useTick()
  const { data } = useQuery(api.organizations.stages.queryOptions(one, WATCHED))
  const { from, to, district, category } = one.filter
  const rows = (is: Filter['is']) =>
    profile ? ownRows(one, profile.unit, profile.period, { is: ['sound', ...is] }) : {}
  return (
    <Panel
      className={styles.panel ?? ''}
      title={t('stages.title')}
      note={t('stages.note')}
      actions={
        profile ? (
          <ExportLinks
            table="stages"
            search={writeAddress({
              ...{ from, to, district, category, id: one.id },
              unit: profile.unit,
            }).slice(1)}
          />
        ) : null
      }
    >
      {!data || !profile ? (
        <Skeleton height={300} />
      ) : data.stages.every(({ told, waiting }) => told + waiting === 0) ? (
        <EmptyState what={t('stages.empty')} />
      ) : (
        <>
          <SideScroll label={t('stages.title')}>
            <table className={`${table.plain} ${styles.table}`}>
              <thead>
                <tr>
                  <th scope="col">{t('stages.stage')}</th>
                  <th scope="col" className={table.right}>
                    n
                  </th>
                  <th scope="col" className={table.right}>
                    {t('stages.waiting')}
                  </th>
                  <th scope="col">
                    <IntervalAxis
                      scale={SCALE}
                      width={WIDTH}
                      ticks={TICKS.map((at) => ({ at, label: tick(at) }))}
                    />
                  </th>
                  <th scope="col" className={table.right}>
                    {t('stages.median')}
                  </th>
                  <th scope="col" className={table.right}>
                    {t('stages.p90')}
                  </th>
                </tr>
              </thead>
              <tbody>
                {data.stages.map((stage) => (
                  <StageRow key={stage.stage} stage={stage} rows={rows} />
                ))}
                {data.rework ? (
                  <tr {...shows('rework')}>
                    <th scope="row">
                      {t('stages.rework')}
                      <MeasureInfo measure="rework" />
                    </th>
                    <td className={table.right}>
                      <Link to="/requests" search={rows(['workDone'])} className={table.number}>
                        {format.number(data.rework.n)}
                      </Link>
                    </td>
                    <td />
                    <td colSpan={3}>
                      <Link
                        to="/requests"
                        search={rows(['workDone', 'reworked'])}
                        className={table.number}
                      >
                        {format.number(data.rework.cases)}
                      </Link>
                      {', '}
                      <b>{format.percent(data.rework.share, 1)}</b>{' '}
                      <span className={table.quiet}>
                        {format.percentRange(data.rework.lower, data.rework.upper, 1)}
                      </span>
                    </td>
                  </tr>
                ) : null}
              </tbody>
            </table>
          </SideScroll>
          <p className={table.foot}>{t('stages.foot')}</p>
        </>
      )}
    </Panel>
  )
}

function StageRow({ stage, rows }: { stage: Stage; rows: (is: Filter['is']) => Partial<Filter> }) {
  const { t } = useTranslation('organizations')
  const format = useFormat()
  const { told, waiting, silent, median, p90 } = stage
  const time = (percentile: Stage['median']) =>
    percentile === null
      ? ''
      : percentile.value === null
        ? t('stages.notReached')
        : format.duration(percentile.value)
  return (
    <tr>
      <th scope="row" title={t(`stages.what.${stage.stage}`)}>
        {t(`stages.${stage.stage}`)}
        {silent > 0 ? (
          <small className={table.quiet}>
            {t('stages.silent', { share: format.percent(silent / (silent + told + waiting)) })}
          </small>
        ) : null}
      </th>
      <td className={table.right}>
        <Link to="/requests" search={rows([...STAGE_ROWS[stage.stage]])} className={table.number}>
          {format.number(told)}
        </Link>
      </td>
      <td className={`${table.right} ${table.quiet}`}>
        {waiting === 0 ? '' : format.number(waiting)}
      </td>
      <td className={styles.plot}>
        {median && median.value !== null ? (
          <IntervalCell
            value={median.value}
            lower={median.lower ?? median.value}
            upper={p90?.value ?? median.upper ?? SCALE.high * 2}
            scale={SCALE}
            width={WIDTH}
          />
        ) : null}
      </td>
      <td className={table.right}>
        <b>{time(median)}</b>
        {median ? null : <span className={table.quiet}>{t('stages.few')}</span>}
      </td>
      <td className={table.right}>{time(p90)}</td>
    </tr>
  )
}
