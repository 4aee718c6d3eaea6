import { useTranslation } from 'react-i18next'
import { REPLAY_CLOCKS, type ReplayClock } from '#server/contract/replay.ts'
import { useFormat } from '#web/lib/use-format.ts'
import styles from './clock-choice.module.css'
import type { Totals } from './playback.ts'

interface ClockChoiceProps {
  clock: ReplayClock
  /** null = by the frame itself. */
  by: number | null
  /** null = not told yet; absent = told elsewhere. */
  totals?: Record<ReplayClock, Totals> | null
  told: Record<ReplayClock, boolean>
  onClock: (clock: ReplayClock) => void
}

/** Both clocks in words, side by side; the one that is chosen is drawn. */
export function ClockChoice({ clock, by, totals, told, onClock }: ClockChoiceProps) {
  const { t } = useTranslation('replay')
  const { number, dateTime } = useFormat()
  return (
    <fieldset className={styles.clocks}>
      <legend className="visually-hidden">{t('clock.label')}</legend>
      {REPLAY_CLOCKS.map((value) => (
        <label
          key={value}
          className={styles.clock}
          data-on={value === clock}
          title={t(`clock.${value}Why`)}
        >
          <input
            type="radio"
            name="replay-clock"
            className={styles.radio}
            checked={value === clock}
            onChange={() => onClock(value)}
          />
          <span className={styles.name}>
            {value === 'known' && by !== null
              ? t('clock.knownBy', { when: dateTime(by) })
              : t(`clock.${value}`)}
          </span>
          {totals === undefined ? null : (
            <span className={styles.counts}>
              {(['open', 'overdue', 'emergency'] as const).map((what) => (
                <span key={what}>
                  {t(`count.${what}`)}{' '}
                  <b>{told[value] ? (totals ? number(totals[value][what]) : '…') : '—'}</b>
                </span>
              ))}
            </span>
          )}
        </label>
      ))}
    </fieldset>
  )
}

/** What the two clocks differ in, in words. */
export function Apart({ totals }: { totals: Record<ReplayClock, Totals> }) {
  const { t } = useTranslation('replay')
  const { number } = useFormat()
  const { was, known } = totals
  const fewer = was.open - known.open
  if (fewer > 0) return <>{t('apart.less', { n: number(fewer) })}</>
  if (fewer < 0) return <>{t('apart.more', { n: number(-fewer) })}</>
  const same = was.overdue === known.overdue && was.emergency === known.emergency
  return <>{same ? t('apart.same') : t('apart.other')}</>
}
