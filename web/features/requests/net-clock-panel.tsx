import { useTranslation } from 'react-i18next'
import { useNow } from '#web/clock.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { Panel } from '#web/ui/panel.tsx'
import styles from './net-clock-panel.module.css'
import type { Card } from './request-facts.tsx'

/** The clock without pauses beside the one that never stops: shown for the organization, used by no flag. */
export function NetClockPanel({ card }: { card: Card }) {
  const { t } = useTranslation('incident')
  const format = useFormat()
  const now = useNow(60_000)
  const { pauses, pausedS, pausedSince } = card.net
  if (pauses.length === 0) return null
  const end = card.line.closedAt ?? card.knownAt ?? now
  const gross = (end - card.line.registeredAt) / 1000
  const paused = pausedS + (pausedSince === null ? 0 : Math.max(0, end - pausedSince) / 1000)
  return (
    <Panel title={t('net.title')} note={t('net.note')}>
      <dl className={styles.clocks}>
        <div>
          <dt>{t('net.gross')}</dt>
          <dd>{format.duration(gross)}</dd>
        </div>
        <div>
          <dt>{t('net.paused')}</dt>
          <dd>{format.duration(paused)}</dd>
        </div>
        <div>
          <dt>{t('net.net')}</dt>
          <dd>{format.duration(Math.max(0, gross - paused))}</dd>
        </div>
      </dl>
      <ul className={styles.pauses}>
        {pauses.map((pause) => (
          <li key={pause.start}>
            <span>{t(`reason.${pause.reason}`)}</span>
            <span className={styles.quiet}>
              {pause.end === null
                ? t('net.since', { from: format.dateTime(pause.start) })
                : t('net.span', {
                    from: format.dateTime(pause.start),
                    to: format.dateTime(pause.end),
                  })}
            </span>
          </li>
        ))}
      </ul>
      <p className={styles.quiet}>{t('net.why')}</p>
    </Panel>
  )
}
