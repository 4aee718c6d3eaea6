import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { COUNTED } from '#server/contract/measures/counted.ts'
import { type Answer, api } from '#web/api.ts'
import { IntervalAxis, IntervalCell, type Scale } from '#web/chart/interval-cell.tsx'
import { writeAddress } from '#web/lib/address.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { ExportLinks } from '#web/table/export-links.tsx'
import { MeasureInfo, shows } from '#web/ui/measure.tsx'
import { Panel } from '#web/ui/panel.tsx'
import { SideScroll } from '#web/ui/side-scroll.tsx'
import { EmptyState, Skeleton } from '#web/ui/states.tsx'
import { JUDGED_ONCE } from './freshness.ts'
import { frozenRows, type One } from './one.ts'
import table from './organizations.module.css'
import styles from './panels.module.css'

const SCALE: Scale = { low: 0, high: 1 }
const WIDTH = 110

type Profile = Answer['organizations']['profile']
type OnTime = Answer['organizations']['onTime']

/** What people call "in time", each definition by its name, and what each makes of the open overdue. */
export function OnTimePanel({ one, profile }: { one: One; profile: Profile | undefined }) {
  const { t } = useTranslation(['organizations', 'measures'])
  const format = useFormat()
  const answer = useQuery(api.organizations.onTime.queryOptions(one, JUDGED_ONCE))
  const { data } = answer
  const { from, to, district, category } = one.filter
  return (
    <Panel
      className={styles.panel ?? ''}
      title={t('onTime.title')}
      note={t('onTime.note')}
      actions={
        profile ? (
          <ExportLinks
            table="on-time"
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
      ) : data.definitions.length === 0 ? (
        <EmptyState what={t('onTime.empty')} />
      ) : (
        <>
          <SideScroll label={t('onTime.title')}>
            <table className={`${table.plain} ${styles.table}`}>
              <thead>
                <tr>
                  <th scope="col">{t('onTime.definition')}</th>
                  <th scope="col">
                    <IntervalAxis
                      scale={SCALE}
                      width={WIDTH}
                      ticks={[0, 0.5, 1].map((at) => ({ at, label: format.number(at * 100) }))}
                    />
                  </th>
                  <th scope="col" className={table.right}>
                    %
                  </th>
                  <th scope="col" className={table.right}>
                    {t('onTime.of')}
                  </th>
                  <th scope="col" className={styles.words}>
                    {t('onTime.overdue')}
                  </th>
                </tr>
              </thead>
              <tbody>
                <Estimate data={data} />
                {data.definitions.map((definition) => (
                  <DefinitionRow
                    key={definition.measure}
                    definition={definition}
                    data={data}
                    one={one}
                    profile={profile}
                  />
                ))}
              </tbody>
            </table>
          </SideScroll>
          <p className={table.foot}>
            <Link
              to="/requests"
              search={frozenRows(one, profile.unit, data.period, { is: ['overdue'] })}
              className={table.number}
              {...shows('overdue')}
            >
              {t('onTime.openOverdue', { count: data.overdue, n: format.number(data.overdue) })}
            </Link>{' '}
            {t('onTime.foot')}
          </p>
        </>
      )}
    </Panel>
  )
}

function Estimate({ data: { estimate } }: { data: OnTime }) {
  const { t } = useTranslation(['organizations', 'measures'])
  const format = useFormat()
  if (!estimate) return null
  return (
    <tr {...shows('onTimeEstimated')}>
      <th scope="row">
        <b>{t('measures:onTimeEstimated.name')}</b>
        <MeasureInfo measure="onTimeEstimated" />
      </th>
      <td className={styles.plot}>
        <IntervalCell
          value={estimate.share}
          lower={estimate.lower}
          upper={estimate.upper}
          scale={SCALE}
          width={WIDTH}
        />
      </td>
      <td className={table.right}>
        <b>{format.percent(estimate.share, 1)}</b>
        <span className="visually-hidden">
          {' '}
          {format.percentRange(estimate.lower, estimate.upper, 1)}
        </span>
      </td>
      <td className={`${table.right} ${table.quiet}`}>n {format.number(estimate.n)}</td>
      <td className={`${styles.words} ${table.quiet}`}>{t('onTime.sees.onTimeEstimated')}</td>
    </tr>
  )
}

interface DefinitionRowProps {
  definition: OnTime['definitions'][number]
  data: OnTime
  one: One
  profile: Profile
}

function DefinitionRow({ definition, data, one, profile }: DefinitionRowProps) {
  const { t } = useTranslation(['organizations', 'measures'])
  const format = useFormat()
  const { measure, share } = definition
  const { rows, among } = COUNTED[measure]
  const open = (more: typeof rows) => frozenRows(one, profile.unit, data.period, more)
  return (
    <tr {...shows(measure)}>
      <th scope="row">
        {t(`measures:${measure}.name`)}
        <MeasureInfo measure={measure} />
      </th>
      <td className={styles.plot}>
        {share ? (
          <IntervalCell
            value={share.share}
            lower={share.lower}
            upper={share.upper}
            scale={SCALE}
            width={WIDTH}
            tone="quiet"
          />
        ) : null}
      </td>
      <td className={table.right}>
        {share ? format.percent(share.share, 1) : '–'}
        {share ? (
          <span className="visually-hidden">
            {' '}
            {format.percentRange(share.lower, share.upper, 1)}
          </span>
        ) : null}
      </td>
      <td className={table.right}>
        {share ? (
          <>
            <Link to="/requests" search={open(rows)} className={table.number}>
              {format.number(share.cases)}
            </Link>{' '}
            /{' '}
            <Link to="/requests" search={open(among ?? {})} className={table.number}>
              {format.number(share.n)}
            </Link>
          </>
        ) : null}
      </td>
      <td className={`${styles.words} ${table.quiet}`}>{t(`onTime.sees.${measure}`)}</td>
    </tr>
  )
}
