import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Judged } from '#server/contract/measures/shape.ts'
import { inLanguage } from '#server/contract/vocabulary.ts'
import { type Answer, api } from '#web/api.ts'
import { IntervalAxis, IntervalCell, type Scale } from '#web/chart/interval-cell.tsx'
import { useFormat } from '#web/lib/use-format.ts'
import { Panel } from '#web/ui/panel.tsx'
import { SideScroll } from '#web/ui/side-scroll.tsx'
import { EmptyState, Skeleton } from '#web/ui/states.tsx'
import { JUDGED_ONCE } from './freshness.ts'
import type { One } from './one.ts'
import styles from './organization.module.css'
import table from './organizations.module.css'
import { Wait } from './wait.tsx'

const RATIO: Scale = { low: 0.4, high: 2.5, log: true }
const RATIO_WIDTH = 110
const BAR_WIDTH = 104

export interface OneMeasured extends One {
  measure: Judged
}
type Group = Answer['organizations']['mix']['groups'][number]

/** Excess is coloured by the lower bound of the ratio, not by the estimate. */
export const toneOf = (lower: number | undefined): 'much' | 'more' | 'plain' =>
  lower === undefined || lower <= 1.1 ? 'plain' : lower > 1.25 ? 'much' : 'more'

export function MixPanel({ one, period }: { one: OneMeasured; period: [number, number] | null }) {
  const { t } = useTranslation('organizations')
  const format = useFormat()
  const mix = useQuery(api.organizations.mix.queryOptions(one, JUDGED_ONCE))
  const widest = Math.max(0.01, ...(mix.data?.groups.flatMap((g) => [g.share, g.cityShare]) ?? []))
  return (
    <Panel
      className={styles.panel ?? ''}
      title={t('mix.title')}
      note={
        mix.data && period
          ? t('mix.note', { period: format.days(...period), n: format.number(mix.data.n) })
          : undefined
      }
    >
      {!mix.data ? (
        <Skeleton height={380} />
      ) : mix.data.groups.length === 0 ? (
        <EmptyState what={t('mix.empty')} />
      ) : (
        <SideScroll label={t('mix.title')}>
          <table className={`${table.plain} ${styles.mix}`}>
            <thead>
              <tr>
                <th scope="col">{t('mix.category')}</th>
                <th scope="col">{t('mix.share')}</th>
                <th scope="col" className={table.right}>
                  n
                </th>
                <th scope="col" className={table.right}>
                  {t(`mix.events.${one.measure}`)}
                </th>
                <th scope="col" colSpan={2}>
                  {t('mix.ratio')}
                  <IntervalAxis
                    scale={RATIO}
                    width={RATIO_WIDTH}
                    ticks={[0.5, 1, 2].map((at) => ({
                      at,
                      label: format.number(at, at < 1 ? 1 : 0),
                    }))}
                  />
                </th>
                <th scope="col" className={styles.waitColumn}>
                  {t('mix.wait')}
                </th>
              </tr>
            </thead>
            <tbody>
              {mix.data.groups.map((group) => (
                <MixRow key={group.ids.join()} group={group} widest={widest} />
              ))}
            </tbody>
          </table>
        </SideScroll>
      )}
    </Panel>
  )
}

function MixRow({ group, widest }: { group: Group; widest: number }) {
  const { t } = useTranslation('organizations')
  const format = useFormat()
  const { name, n, observed, expected, ratio, share, cityShare, wait } = group
  const px = (of: number) => (of / widest) * (BAR_WIDTH - 40)
  return (
    <tr>
      <th scope="row">{name ? inLanguage(name, format.language) : t('mix.unknown')}</th>
      <td>
        <svg width={BAR_WIDTH} height="16" className={styles.bar} aria-hidden="true">
          <rect x="0" y="4" width={px(share)} height="8" />
          <path d={`M${px(cityShare)} 1V15`} />
          <text x={Math.max(px(share), px(cityShare)) + 6} y="12">
            {format.number(share * 100, 1)}
          </text>
        </svg>
        <span className="visually-hidden">
          {format.percent(share, 1)}, {t('table.city')} {format.percent(cityShare, 1)}
        </span>
      </td>
      <td className={table.right}>{format.number(n)}</td>
      <td className={table.right}>
        {format.number(observed)} / {format.number(expected, 1)}
      </td>
      <td className={styles.plot}>
        {ratio ? (
          <>
            <span className="visually-hidden">{format.range(ratio.lower, ratio.upper, 2)}</span>
            <IntervalCell
              value={ratio.ratio}
              lower={ratio.lower}
              upper={ratio.upper}
              scale={RATIO}
              width={RATIO_WIDTH}
              city={1}
              shape={<circle r="3.5" className={styles[toneOf(ratio.lower)]} />}
            />
          </>
        ) : null}
      </td>
      <td className={table.right}>
        <b>{ratio ? format.number(ratio.ratio, 2) : ''}</b>
      </td>
      <td className={styles.waitColumn}>
        <Wait wait={wait} interval={false} />
        {wait.median?.value === null && wait.naive !== null ? (
          <div className={table.quiet}>
            {t('mix.naive', { value: format.duration(wait.naive) })}
          </div>
        ) : null}
      </td>
    </tr>
  )
}
