import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Answer } from '#web/api.ts'
import { IntervalAxis, IntervalCell, type Scale } from '#web/chart/interval-cell.tsx'
import { useFormat } from '#web/lib/use-format.ts'
import { levelPoint } from '#web/ui/level.tsx'
import { shows } from '#web/ui/measure.tsx'
import { SideScroll } from '#web/ui/side-scroll.tsx'
import { StatusShape } from '#web/ui/status-shape.tsx'
import { Chance } from './chance.tsx'
import styles from './flags.module.css'
import { SinceLine } from './since-line.tsx'

const SCALE: Scale = { low: 0.3, high: 3, log: true }
const WIDTH = 150

export type List = Answer['flags']['list']
export type ListedFlag = List['flags'][number]
type Answered = Answer['dossier']['told']['answered'][number]

interface GroupProps {
  level: 'inspect' | 'watch' | 'good'
  flags: readonly ListedFlag[]
  answered: ReadonlyMap<string, Answered>
  rules: List['rules']
}

/** Flags of one level with their evidence in a line. Their order is that of the lower ends of the intervals; it is no ranking. */
export function QueueGroup({ level, flags, answered, rules }: GroupProps) {
  const { t } = useTranslation(['flags', 'words'])
  const format = useFormat()
  const id = `flags-${level}`
  return (
    <section className={styles.group} aria-labelledby={id}>
      <header>
        <StatusShape kind={level} size={13} />
        <h2 id={id}>
          {t(`words:level.${level}`)} <span>{format.number(flags.length)}</span>
        </h2>
        <p>
          {t(`flags:rule.${level}`, {
            expected: format.number(rules.minExpected),
            n: format.number(rules.minRequests),
          })}
        </p>
      </header>
      {flags.length === 0 ? (
        <p className={styles.nobody}>{t(`flags:groupEmpty.${level}`)}</p>
      ) : (
        <SideScroll label={t(`words:level.${level}`)}>
          <table className={`${styles.table} ${styles.queue}`}>
            <colgroup>
              <col className={styles.organizationColumn} />
              <col className={styles.measureColumn} />
              <col className={styles.plotColumn} />
              <col className={styles.ratioColumn} />
              <col className={styles.wide} />
              <col className={`${styles.wide} ${styles.eventsColumn}`} />
              <col className={`${styles.wide} ${styles.chanceColumn}`} />
              <col className={`${styles.wide} ${styles.chanceColumn}`} />
            </colgroup>
            <Head />
            <tbody>
              {flags.map((flag) => (
                <FlagRow key={flag.id} flag={flag} answered={answered.get(flag.id)} />
              ))}
            </tbody>
          </table>
        </SideScroll>
      )}
    </section>
  )
}

function Head() {
  const { t } = useTranslation('flags')
  const format = useFormat()
  const ticks = [0.5, 1, 2].map((at) => ({ at, label: format.number(at, at < 1 ? 1 : 0) }))
  return (
    <thead>
      <tr>
        <th scope="col">{t('column.organization')}</th>
        <th scope="col">{t('column.measure')}</th>
        <th scope="col" className={styles.plotColumn}>
          {t('column.ratio')}
          <IntervalAxis scale={SCALE} width={WIDTH} ticks={ticks} />
        </th>
        <td />
        <th scope="col" className={styles.wide}>
          {t('column.share')}
        </th>
        {(['events', 'chance', 'spread'] as const).map((column) => (
          <th key={column} scope="col" className={`${styles.right} ${styles.wide}`}>
            {t(`column.${column}`)}
          </th>
        ))}
      </tr>
    </thead>
  )
}

function FlagRow({ flag, answered }: { flag: ListedFlag; answered: Answered | undefined }) {
  const { t } = useTranslation('flags')
  const format = useFormat()
  const { figures, share, level, measure, organization } = flag
  return (
    <tr {...shows(measure === 'pace' ? undefined : measure)}>
      <th scope="row">
        <Link to="/flags/$flag" params={{ flag: flag.id }}>
          {organization.name}
        </Link>
      </th>
      <td>
        {t(`measure.${flag.flagged}`)}
        <SinceLine flag={flag} answered={answered} />
      </td>
      <td className={styles.plotColumn}>
        <IntervalCell
          value={figures.ratio}
          lower={figures.lower}
          upper={figures.upper}
          scale={SCALE}
          width={WIDTH}
          city={1}
          shape={levelPoint(level)}
        />
      </td>
      <td className={styles.right}>
        <b>{format.number(figures.ratio, 2)}</b>{' '}
        <span>{format.range(figures.lower, figures.upper, 2)}</span>
      </td>
      <td className={styles.wide}>
        {t(`why.${measure}`, {
          observed: format.number(flag.closed ?? figures.observed),
          beyond: format.number((flag.closed ?? 0) - figures.observed),
          n: format.number(figures.n),
          share: format.percent(share.share, 1),
        })}
      </td>
      <td className={`${styles.right} ${styles.wide}`}>
        {flag.measure === 'pace' ? (
          format.number(figures.observed)
        ) : (
          <Link to="/requests" search={flag.rows.events} className={styles.number}>
            {format.number(figures.observed)}
          </Link>
        )}{' '}
        / {format.number(figures.expected, 1)}
        {flag.measure === 'pace' ? <small className={styles.slow}>{t('slower')}</small> : null}
      </td>
      <td className={`${styles.right} ${styles.wide}`}>
        <Chance p={flag.pChance} />
      </td>
      <td className={`${styles.right} ${styles.wide}`}>
        {flag.q === null ? (
          <Chance p={flag.pDispersed} />
        ) : (
          `q ${format.number(flag.q, flag.q < 0.001 ? 6 : 3)}`
        )}
      </td>
    </tr>
  )
}
