import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { type Answer, api } from '#web/api.ts'
import { IntervalAxis, IntervalCell, type Scale } from '#web/chart/interval-cell.tsx'
import { dayOfIso } from '#web/lib/city-time.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { ExportLinks } from '#web/table/export-links.tsx'
import { levelPoint } from '#web/ui/level.tsx'
import { shows } from '#web/ui/measure.tsx'
import { Sentence } from '#web/ui/sentence.tsx'
import { EmptyState, ErrorState, Skeleton } from '#web/ui/states.tsx'
import { StatusShape } from '#web/ui/status-shape.tsx'
import { Chance } from './chance.tsx'
import styles from './flags.module.css'

const GROUPS = ['inspect', 'watch', 'good', 'insufficient'] as const
const SCALE: Scale = { low: 0.3, high: 3, log: true }
const WIDTH = 150

type List = Answer['flags']['list']
type Flag = List['flags'][number]

/** The queue: who is beyond the limits of one frozen evaluation, most urgent first. */
export function FlagsPage() {
  const { t } = useTranslation('flags')
  const format = useFormat()
  const answer = useQuery(
    api.flags.list.queryOptions(undefined, { staleTime: 600_000, meta: { live: false } }),
  )
  if (answer.isError && !answer.data)
    return (
      <div className={styles.page}>
        <ErrorState
          what={t('failed')}
          todo={t('failedTodo')}
          retry={{ label: t('retry'), run: () => void answer.refetch() }}
        />
      </div>
    )
  const list = answer.data
  if (!list)
    return (
      <div className={styles.page}>
        <Skeleton width="min(720px, 100%)" height={72} />
        <Skeleton height={420} />
      </div>
    )
  const of = (level: (typeof GROUPS)[number]) => list.flags.filter((flag) => flag.level === level)
  const [inspect, watch] = [of('inspect').length, of('watch').length]
  return (
    <div className={styles.page}>
      <Sentence>
        {inspect === 0
          ? t('sentence.none', { watch: format.number(watch) })
          : t('sentence.some', {
              count: inspect,
              n: format.number(inspect),
              watch: format.number(watch),
            })}
      </Sentence>
      <div className={styles.under}>
        <p>
          {t('note')}{' '}
          {list.period
            ? t('frozen', {
                cut: format.dateTime(list.period.cut),
                period: format.days(dayOfIso(list.period.from), dayOfIso(list.period.to) - 1),
                revision: String(list.revision),
                tested: format.number(list.tested),
                rules: String(list.rules.version),
              })
            : null}
        </p>
        <ExportLinks table="flags" search="" />
      </div>
      {list.period === null ? (
        <EmptyState what={t('empty')} todo={t('emptyTodo')} />
      ) : (
        GROUPS.map((level) => (
          <Group key={level} level={level} flags={of(level)} rules={list.rules} />
        ))
      )}
    </div>
  )
}

interface GroupProps {
  level: (typeof GROUPS)[number]
  flags: readonly Flag[]
  rules: List['rules']
}

function Group({ level, flags, rules }: GroupProps) {
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
          {t(`rule.${level}`, {
            expected: format.number(rules.minExpected),
            n: format.number(rules.minRequests),
          })}
        </p>
      </header>
      {flags.length === 0 ? (
        <p className={styles.nobody}>{t(`groupEmpty.${level}`)}</p>
      ) : (
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
          <thead>
            <tr>
              <th scope="col">{t('column.organization')}</th>
              <th scope="col">{t('column.measure')}</th>
              <th scope="col" className={styles.plotColumn}>
                {t('column.ratio')}
                <IntervalAxis
                  scale={SCALE}
                  width={WIDTH}
                  ticks={[0.5, 1, 2].map((at) => ({
                    at,
                    label: format.number(at, at < 1 ? 1 : 0),
                  }))}
                />
              </th>
              <td />
              <th scope="col" className={styles.wide}>
                {t('column.share')}
              </th>
              <th scope="col" className={`${styles.right} ${styles.wide}`}>
                {t('column.events')}
              </th>
              <th scope="col" className={`${styles.right} ${styles.wide}`}>
                {t('column.chance')}
              </th>
              <th scope="col" className={`${styles.right} ${styles.wide}`}>
                {t('column.spread')}
              </th>
            </tr>
          </thead>
          <tbody>
            {flags.map((flag) => (
              <FlagRow key={flag.id} flag={flag} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}

function FlagRow({ flag }: { flag: Flag }) {
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
        {flag.status ? <small className={styles.status}>{t(`status.${flag.status}`)}</small> : null}
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
          observed: format.number(figures.observed),
          n: format.number(figures.n),
          share: format.percent(share.share, 1),
        })}
      </td>
      <td className={`${styles.right} ${styles.wide}`}>
        <Link to="/requests" search={flag.rows.events} className={styles.number}>
          {format.number(figures.observed)}
        </Link>{' '}
        / {format.number(figures.expected, 1)}
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
