import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { Trans, useTranslation } from 'react-i18next'
import type { Filter } from '#server/contract/filter.ts'
import { type Answer, api } from '#web/api.ts'
import { Chart } from '#web/chart/chart.tsx'
import { writeAddress } from '#web/lib/address.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { ExportLinks } from '#web/table/export-links.tsx'
import { MeasureInfo, shows } from '#web/ui/measure.tsx'
import { Panel } from '#web/ui/panel.tsx'
import { usePalette } from '#web/ui/provider.tsx'
import { SideScroll } from '#web/ui/side-scroll.tsx'
import { AsTable, EmptyState, Skeleton } from '#web/ui/states.tsx'
import { WATCHED } from './freshness.ts'
import { type One, ownRows } from './one.ts'
import table from './organizations.module.css'
import { type Ending, endingColour, type Outcomes, outcomesOption } from './outcomes-option.ts'
import styles from './panels.module.css'
import { useTick } from './use-tick.ts'

const HEIGHT = 210
type Profile = Answer['organizations']['profile']

/** The rows that ended so. A transfer is no outcome of a request, but of an organization's part in it. */
const rowsOf = (ending: Ending): Partial<Filter> =>
  ending === 'transferred'
    ? { is: ['sound', 'transferred'] }
    : { is: ['sound', 'notTransferred'], outcome: [ending] }

/** How requests end and how soon: outcomes that exclude each other, by Aalen and Johansen, open requests counted. */
export function OutcomesPanel({ one, profile }: { one: One; profile: Profile | undefined }) {
  const { t } = useTranslation(['organizations', 'words'])
  const format = useFormat()
  const palette = usePalette()
  const tick = useTick()
  const [asTable, setAsTable] = useState(false)
  const answer = useQuery(api.organizations.outcomes.queryOptions(one, WATCHED))
  const outcomes = answer.data
  const { from, to, district, category } = one.filter
  const option = useMemo(() => {
    if (!outcomes) return null
    const nameOf = (ending: Ending) => t(`words:spellEnd.${ending}`)
    const { immature } = outcomes
    return (width: number) =>
      outcomesOption({ outcomes, palette, nameOf, tick, open: t('outcomes.open'), immature }, width)
  }, [outcomes, palette, t, tick])
  return (
    <Panel
      className={styles.panel ?? ''}
      title={t('outcomes.title')}
      note={outcomes ? t('outcomes.note', { n: format.number(outcomes.n) }) : undefined}
      actions={
        <>
          <ExportLinks
            table="outcomes"
            search={writeAddress({
              ...{ from, to, district, category },
              id: one.id,
              ...(one.unit && { unit: one.unit }),
            }).slice(1)}
          />
          <AsTable
            pressed={asTable}
            onToggle={() => setAsTable(!asTable)}
            label={t(asTable ? 'asChart' : 'asTable')}
          />
        </>
      }
    >
      {!outcomes || !option || !profile ? (
        <Skeleton height={HEIGHT + 190} />
      ) : outcomes.n === 0 ? (
        <EmptyState what={t('outcomes.empty')} />
      ) : (
        <>
          {asTable ? null : (
            <Chart
              option={option}
              label={t('outcomes.label')}
              table={<OutcomesTable outcomes={outcomes} one={one} profile={profile} all />}
              height={HEIGHT}
            />
          )}
          <OutcomesTable outcomes={outcomes} one={one} profile={profile} all={asTable} />
          <Residents one={one} profile={profile} />
          <p className={table.foot}>{t('outcomes.foot')}</p>
        </>
      )}
    </Panel>
  )
}

/** About half of those asked answer: what the answers say, and how many there are. */
function Residents({ one, profile }: { one: One; profile: Profile }) {
  const { t } = useTranslation('organizations')
  const format = useFormat()
  const { answered, confirmedOfAnswered } = profile
  if (!answered || !confirmedOfAnswered) return null
  const open = (more: Partial<Filter>) =>
    ownRows(one, profile.unit, profile.period, {
      ...more,
      cut: new Date(profile.period.cut).toISOString(),
    })
  const link = (more: Partial<Filter>) => (
    <Link to="/requests" search={open(more)} className={table.number} />
  )
  const figures = (share: typeof answered) => ({
    cases: format.number(share.cases),
    n: format.number(share.n),
    share: format.percent(share.share, 1),
    interval: format.percentRange(share.lower, share.upper, 1),
  })
  return (
    <p className={styles.residents}>
      <span {...shows('answered')}>
        <Trans
          t={t}
          i18nKey="outcomes.answered"
          values={figures(answered)}
          components={{
            b: <b />,
            among: link({ is: ['asked'] }),
            cases: link({ is: ['asked', 'answered'] }),
          }}
        />
        <MeasureInfo measure="answered" />
      </span>{' '}
      <span {...shows('confirmedOfAnswered')}>
        <Trans
          t={t}
          i18nKey="outcomes.confirmed"
          values={figures(confirmedOfAnswered)}
          components={{
            b: <b />,
            cases: link({ is: ['asked', 'answered'], outcome: ['confirmed'] }),
          }}
        />
        <MeasureInfo measure="confirmedOfAnswered" />
      </span>
    </p>
  )
}

interface OutcomesTableProps {
  outcomes: Outcomes
  one: One
  profile: Profile
  /** With intervals and every time; else what stands under the picture. */
  all: boolean
}

function OutcomesTable({ outcomes, one, profile, all }: OutcomesTableProps) {
  const { t } = useTranslation(['organizations', 'words'])
  const format = useFormat()
  const palette = usePalette()
  const tick = useTick()
  const shown = outcomes.at.map((_, i) => i).filter((i) => all || i === 0 || i === 2 || i === 4)
  return (
    <SideScroll label={t('outcomes.title')}>
      <table className={`${table.plain} ${styles.table}`}>
        <thead>
          <tr>
            <th scope="col">{t('outcomes.ending')}</th>
            <th scope="col" className={table.right}>
              {t('outcomes.count')}
            </th>
            {shown.map((i) => (
              <th key={i} scope="col" className={table.right}>
                {t('outcomes.within', { time: tick(outcomes.at[i] ?? 0) })}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {outcomes.endings.map(({ ending, count, shares }) => (
            <tr key={ending}>
              <th scope="row">
                <svg width="12" height="12" className={styles.swatch} aria-hidden="true">
                  <rect width="12" height="12" fill={endingColour(ending, palette)} />
                </svg>
                {t(`words:spellEnd.${ending}`)}
              </th>
              <td className={table.right}>
                <Link
                  to="/requests"
                  search={ownRows(one, profile.unit, outcomes.period, rowsOf(ending))}
                  className={table.number}
                >
                  {format.number(count)}
                </Link>
              </td>
              {shown.map((i) => (
                <td key={i} className={table.right}>
                  {format.percent(shares[i]?.share ?? 0, 1)}
                  {all && shares[i]?.lower != null && shares[i].upper != null ? (
                    <small className={table.quiet}>
                      {' '}
                      {format.percentRange(shares[i].lower, shares[i].upper, 1)}
                    </small>
                  ) : null}
                </td>
              ))}
            </tr>
          ))}
          <tr>
            <th scope="row">
              <svg width="12" height="12" className={styles.swatch} aria-hidden="true">
                <rect x=".5" y=".5" width="11" height="11" fill="none" stroke={palette['ink-3']} />
              </svg>
              {t('outcomes.open')}
            </th>
            <td className={table.right}>
              <Link
                to="/requests"
                search={ownRows(one, profile.unit, outcomes.period, {
                  is: ['open', 'sound', 'notTransferred'],
                })}
                className={table.number}
              >
                {format.number(outcomes.open)}
              </Link>
            </td>
            {shown.map((i) => (
              <td key={i} className={table.right}>
                {format.percent(
                  Math.max(
                    0,
                    1 -
                      outcomes.endings.reduce(
                        (sum, { shares }) => sum + (shares[i]?.share ?? 0),
                        0,
                      ),
                  ),
                  1,
                )}
              </td>
            ))}
          </tr>
        </tbody>
      </table>
    </SideScroll>
  )
}
