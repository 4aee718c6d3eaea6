import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { UnitKind } from '#server/contract/organizations.ts'
import { type Answer, api } from '#web/api.ts'
import { IntervalAxis, IntervalCell, type Scale } from '#web/chart/interval-cell.tsx'
import { writeAddress } from '#web/lib/address.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { ExportLinks } from '#web/table/export-links.tsx'
import { Panel } from '#web/ui/panel.tsx'
import { Segments } from '#web/ui/segments.tsx'
import { SideScroll } from '#web/ui/side-scroll.tsx'
import { EmptyState, Skeleton } from '#web/ui/states.tsx'
import { JUDGED_ONCE } from './freshness.ts'
import { type One, ownRows } from './one.ts'
import table from './organizations.module.css'
import styles from './panels.module.css'
import { nameIn } from './rows.ts'
import { UnitLink } from './unit-link.tsx'
import { Wait } from './wait.tsx'

const RATIO: Scale = { low: 0.4, high: 2.5, log: true }
const WIDTH = 84
const FIRST = 8

type Profile = Answer['organizations']['profile']
type Breakdown = Answer['organizations']['breakdown']
type Part = Breakdown['parts'][number]
type By = 'channel' | 'contractor' | 'organization' | 'district'

const CHOICES: Record<UnitKind, readonly By[]> = {
  organization: ['contractor', 'channel'],
  contractor: ['organization', 'channel'],
  district: ['organization', 'contractor', 'channel'],
}

/** The same requests by who did the work, whose houses they are, or how they came in. */
export function BreakdownPanel({ one, profile }: { one: One; profile: Profile | undefined }) {
  const { t } = useTranslation('organizations')
  const format = useFormat()
  const choices = CHOICES[profile?.unit ?? 'organization']
  const [chosen, setChosen] = useState<By>()
  const [all, setAll] = useState(false)
  const by = chosen ?? choices[0] ?? 'channel'
  const { data } = useQuery(
    api.organizations.breakdown.queryOptions(
      { ...one, by },
      { ...JUDGED_ONCE, enabled: profile !== undefined, placeholderData: keepPreviousData },
    ),
  )
  const { from, to, district, category } = one.filter
  const shown = all ? data?.parts : data?.parts.slice(0, FIRST)
  return (
    <Panel
      className={styles.panel ?? ''}
      title={t('breakdown.title')}
      actions={
        profile ? (
          <ExportLinks
            table="breakdown"
            search={writeAddress({
              ...{ from, to, district, category, id: one.id, by },
              unit: profile.unit,
            }).slice(1)}
          />
        ) : null
      }
    >
      <Segments
        small
        label={t('breakdown.label')}
        options={choices.map((value) => ({ value, label: t(`breakdown.by.${value}`) }))}
        value={by}
        onChange={setChosen}
      />
      {!data || !shown || !profile ? (
        <Skeleton height={280} />
      ) : data.parts.length === 0 ? (
        <EmptyState what={t('breakdown.empty')} />
      ) : (
        <>
          <SideScroll label={t('breakdown.title')}>
            <table className={`${table.plain} ${styles.table}`}>
              <thead>
                <tr>
                  <th scope="col">{t(`breakdown.by.${by}`)}</th>
                  <th scope="col" className={table.right}>
                    n
                  </th>
                  {(['reopened', 'late'] as const).map((measure) => (
                    <th key={measure} scope="col" colSpan={2}>
                      {t(`breakdown.${measure}`)}
                      <IntervalAxis
                        scale={RATIO}
                        width={WIDTH}
                        ticks={[0.5, 1, 2].map((at) => ({
                          at,
                          label: format.number(at, at < 1 ? 1 : 0),
                        }))}
                      />
                    </th>
                  ))}
                  <th scope="col" className={styles.wait}>
                    {t('mix.wait')}
                  </th>
                </tr>
              </thead>
              <tbody>
                {shown.map((part) => (
                  <PartRow
                    key={part.id ?? ''}
                    part={part}
                    by={by}
                    one={one}
                    unit={profile.unit}
                    period={data.period}
                  />
                ))}
              </tbody>
            </table>
          </SideScroll>
          {data.parts.length > FIRST && !all ? (
            <button type="button" className={table.button} onClick={() => setAll(true)}>
              {t('breakdown.more', { n: format.number(data.parts.length) })}
            </button>
          ) : null}
          <p className={table.foot}>{t('breakdown.foot')}</p>
        </>
      )}
    </Panel>
  )
}

interface PartRowProps {
  part: Part
  by: By
  one: One
  unit: UnitKind
  period: Breakdown['period']
}

function PartRow({ part, by, one, unit, period }: PartRowProps) {
  const { t } = useTranslation(['organizations', 'words'])
  const format = useFormat()
  const { id, channel, name, n, wait } = part
  const label = channel
    ? t(`words:channel.${channel}`)
    : name
      ? nameIn(name, format.language)
      : t(`breakdown.nobody.${by}`)
  return (
    <tr>
      <th scope="row">
        {by === 'channel' || id === null ? (
          label
        ) : (
          <UnitLink unit={by} id={id} className={table.number}>
            {label}
          </UnitLink>
        )}
      </th>
      <td className={table.right}>
        {id === null ? (
          format.number(n)
        ) : (
          <Link
            to="/requests"
            search={ownRows(one, unit, period, { [by]: [id] })}
            className={table.number}
          >
            {format.number(n)}
          </Link>
        )}
      </td>
      {(['reopened', 'late'] as const).map((measure) => {
        const { share, ratio, expected } = part[measure]
        return [
          <td key={`${measure} plot`} className={styles.plot}>
            {ratio ? (
              <IntervalCell
                value={ratio.ratio}
                lower={ratio.lower}
                upper={ratio.upper}
                scale={RATIO}
                width={WIDTH}
                city={1}
                tone="quiet"
              />
            ) : null}
          </td>,
          <td
            key={measure}
            className={table.right}
            title={
              share
                ? t('breakdown.figures', {
                    observed: format.number(share.cases),
                    n: format.number(share.n),
                    expected: format.number(expected, 1),
                    share: format.percent(share.share, 1),
                  })
                : undefined
            }
          >
            <b>{ratio ? format.number(ratio.ratio, 2) : ''}</b>
            {share ? (
              <small className={table.quiet}> {format.percent(share.share, 1)}</small>
            ) : null}
          </td>,
        ]
      })}
      <td className={styles.wait}>
        <Wait wait={wait} interval={false} />
      </td>
    </tr>
  )
}
