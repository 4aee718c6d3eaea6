import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { type Answer, api } from '#web/api.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { Panel } from '#web/ui/panel.tsx'
import { EmptyState, Skeleton } from '#web/ui/states.tsx'
import { type Status, StatusShape } from '#web/ui/status-shape.tsx'
import { useMedia } from '#web/ui/use-media.ts'
import styles from './flags-panel.module.css'

type Flag = Answer['flags']['raised']['first'][number]

const SHAPES: Readonly<Record<Flag['level'], Status>> = {
  inspect: 'inspect',
  watch: 'watch',
  good: 'good',
  none: 'insufficient',
  insufficient: 'insufficient',
}

/** The judgement is of the last midnight, so an event does not change it. */
const flagsQuery = api.flags.raised.queryOptions(undefined, {
  staleTime: 600_000,
  meta: { live: false },
})

/** Who lies beyond the limits, most urgent first; grounds for inspection, not findings. */
export function FlagsPanel() {
  const { t } = useTranslation('overview')
  const format = useFormat()
  const room = useMedia('(min-width: 1760px)') ? 5 : 4
  const { data } = useQuery(flagsQuery)
  const shown = data?.first.slice(0, room) ?? []
  return (
    <Panel
      title={t('flags.title')}
      note={
        data
          ? t('flags.note', {
              shown: format.number(shown.length),
              n: format.number(data.raised),
            })
          : null
      }
      actions={<Link to="/flags">{t('all')}</Link>}
    >
      {data === undefined ? <Skeleton height={140} /> : null}
      {data && shown.length === 0 ? (
        <EmptyState what={t('flags.none')} todo={t('flags.noneTodo')} />
      ) : null}
      <ul className={styles.list}>
        {shown.map((flag) => (
          <FlagRow key={flag.id} flag={flag} />
        ))}
      </ul>
    </Panel>
  )
}

function FlagRow({ flag }: { flag: Flag }) {
  const { t } = useTranslation('overview')
  const format = useFormat()
  const { n, expected, ratio } = flag.figures
  const pace = flag.measure === 'pace'
  return (
    <li className={styles.row}>
      <StatusShape kind={SHAPES[flag.level]} label={t(`flags.level.${flag.level}`)} />
      <Link to="/flags/$flag" params={{ flag: flag.id }} className={styles.flag}>
        <span className={styles.head}>
          <strong>{t('quoted', { name: flag.organization.name })}</strong>
          {pace ? null : (
            <span>{t('flags.expected', { share: format.percent(expected / n, 1) })}</span>
          )}
        </span>
        <span className={styles.reason}>
          {t(`flags.measure.${flag.measure}`)}{' '}
          <b>{pace ? `×${format.number(ratio, 2)}` : format.percent(flag.share.share, 1)}</b> (
          {pace
            ? format.range(flag.figures.lower, flag.figures.upper, 2)
            : format.range(flag.share.lower * 100, flag.share.upper * 100, 1)}
          ), n = {format.number(n)}
        </span>
      </Link>
    </li>
  )
}
