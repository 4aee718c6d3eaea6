import { Trans, useTranslation } from 'react-i18next'
import { useFormat } from '#web/lib/use-format.ts'
import type { OrganizationsAnswer } from './answers.ts'
import { ratioAxis, shortened, textWidth } from './scale.ts'
import { WallSentence } from './sentence.tsx'
import { Shape } from './shapes.tsx'
import styles from './wall.module.css'

const LEFT = 530
const RIGHT = 1100
const ROW = 70
const GROUP_GAP = 16
const TOP = 347
const BOTTOM = 884
const NAME_WIDTH = 430

type Row = OrganizationsAnswer['rows'][number]
/** A level may stand from earlier months though the last twelve are as expected. */
const toneOf = ({ level, ratio }: Row): 'worse' | 'within' | 'better' =>
  level === 'good' ? 'better' : level === 'none' || ratio <= 1 ? 'within' : 'worse'

/** Organizations beyond what chance and ordinary differences explain, with their intervals. Not a ranking. */
export function OrganizationsScene({
  organizations,
  past,
}: {
  organizations: OrganizationsAnswer
  past: string | null
}) {
  const { t } = useTranslation('wall')
  const { number } = useFormat()
  const { rows, counts, measure } = organizations
  const axis = ratioAxis(rows.map(({ ratio }) => ratio))
  const x = (ratio: number) =>
    LEFT + (Math.log(ratio / axis.from) / Math.log(axis.to / axis.from)) * (RIGHT - LEFT)
  const within = (ratio: number) => Math.min(RIGHT, Math.max(LEFT, x(Math.max(ratio, 0.01))))
  const groups = rows.map(toneOf)
  const y = (i: number) => {
    const before = groups.slice(1, i + 1).filter((tone, j) => tone !== groups[j]).length
    return TOP + i * ROW + before * GROUP_GAP
  }
  const count = counts.inspect
  return (
    <>
      {past === null ? (
        <WallSentence
          figure={
            <span data-flag={count > 0} data-key-figure>
              {number(count)}
            </span>
          }
          lines={[
            <Trans
              key="what"
              t={t}
              i18nKey={count === 0 ? 'organizations.none' : 'organizations.some'}
              count={count}
              components={{ b: <b /> }}
            />,
            count === 0 && counts.watch > 0 ? (
              <Trans
                key="why"
                t={t}
                i18nKey="organizations.because.watch"
                values={{ n: number(counts.watch) }}
                components={{ b: <b /> }}
              />
            ) : (
              t(`organizations.because.${measure}${count === 0 ? 'None' : ''}`)
            ),
          ]}
        />
      ) : null}
      <svg className={styles.plan} viewBox="0 0 1920 1080">
        <title>{t('organizations.label')}</title>
        <text className={styles.tick} x="64" y="288">
          {t(`organizations.measure.${measure}`)}
        </text>
        <g className={styles.better}>
          <text className={styles.direction} x={x(1) - 24} y="288" textAnchor="end">
            {t('organizations.better')}
          </text>
          <path
            className={styles.arrow}
            d={`M${x(1) - 40 - textWidth(t('organizations.better'), 40)} 277h-52m13 -12l-13 12l13 12`}
          />
        </g>
        <g className={styles.worse}>
          <text className={styles.direction} x={x(1) + 24} y="288">
            {t('organizations.worse')}
          </text>
          <path
            className={styles.arrow}
            d={`M${x(1) + 40 + textWidth(t('organizations.worse'), 40)} 277h52m-13 -12l13 12l-13 12`}
          />
        </g>
        <text className={styles.tick} x="1856" y="288" textAnchor="end">
          {t('organizations.n')}
        </text>
        {axis.ticks.map((tick) => (
          <g key={tick}>
            <path
              className={tick === 1 ? styles.one : styles.grid}
              d={`M${x(tick)} 306V${BOTTOM}`}
            />
            <text
              className={tick === 1 ? styles.tickOne : styles.tick}
              x={x(tick)}
              y="920"
              textAnchor="middle"
            >
              {number(tick, tick === 0.25 ? 2 : tick >= 3 ? 0 : 1)}
            </text>
          </g>
        ))}
        {rows.map((row, i) => (
          <g key={row.name} className={styles[toneOf(row)]}>
            <Name text={row.name} y={y(i) + 14} strong={row.level === 'inspect'} />
            <path
              className={styles.whisker}
              d={`M${within(row.lower)} ${y(i)}H${within(row.upper)}`}
            />
            <End
              at={within(row.lower)}
              y={y(i)}
              cut={x(Math.max(row.lower, 0.01)) < LEFT}
              side={-1}
            />
            <End at={within(row.upper)} y={y(i)} cut={x(row.upper) > RIGHT} side={1} />
            {row.ratio > axis.from && row.ratio < axis.to ? (
              <circle className={styles.dot} cx={x(row.ratio)} cy={y(i)} r="19" />
            ) : null}
            <text className={styles.ratio} x="1226" y={y(i) + 15} textAnchor="end">
              {number(row.ratio, 2)}
            </text>
            {row.level === 'none' ? null : <Shape kind={row.level} x={1274} y={y(i)} size={32} />}
            <text
              className={styles[row.level]}
              x="1304"
              y={y(i) + 13}
              fontSize="36"
              fontWeight="500"
            >
              {t(`organizations.level.${row.level}`)}
            </text>
            <text className={styles.count} x="1856" y={y(i) + 14} textAnchor="end">
              {number(row.n)}
            </text>
          </g>
        ))}
        {rows.length === 0 ? (
          <text className={styles.unnamed} x="64" y={TOP + 14}>
            {t('organizations.empty')}
          </text>
        ) : null}
        <text className={styles.tick} x="64" y="920">
          {t('organizations.whisker')}
        </text>
        <text className={styles.tick} x="1856" y="920" textAnchor="end">
          {t('organizations.others', {
            within: number(counts.none - rows.filter(({ level }) => level === 'none').length),
            few: number(counts.insufficient),
          })}
        </text>
        <text className={styles.tick} x="1856" y="956" textAnchor="end">
          {t('organizations.notRanking')}
        </text>
      </svg>
    </>
  )
}

function Name({ text, y, strong }: { text: string; y: number; strong: boolean }) {
  return (
    <text className={strong ? styles.nameStrong : styles.name} x="64" y={y}>
      {shortened(text, 42, NAME_WIDTH)}
    </text>
  )
}

/** A cap; where the interval goes on beyond the axis, an arrow. */
function End({ at, y, cut, side }: { at: number; y: number; cut: boolean; side: 1 | -1 }) {
  return cut ? (
    <path
      className={styles.cap}
      d={`M${at - side * 14} ${y - 14}L${at} ${y}L${at - side * 14} ${y + 14}`}
    />
  ) : (
    <path className={styles.cap} d={`M${at} ${y - 14}V${y + 14}`} />
  )
}
