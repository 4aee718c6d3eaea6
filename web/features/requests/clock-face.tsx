import { useTranslation } from 'react-i18next'
import { useNow } from '#web/clock.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { StatusShape } from '#web/ui/status-shape.tsx'
import styles from './clocks-panel.module.css'
import type { Card } from './request-facts.tsx'

interface ClockFaceProps {
  state: Card['clocks'][number]['state']
  /** Red is for people in danger: a running emergency past its limit. */
  emergency: boolean
  faulty: boolean
}

/** How one clock stands, in words with their shape. */
export function ClockFace({ state, emergency, faulty }: ClockFaceProps) {
  const { t } = useTranslation('norms')
  const format = useFormat()
  const now = useNow(60_000)
  if (faulty) return <span className={styles.quiet}>{t('clocks.faulty')}</span>
  switch (state.kind) {
    case 'met':
      return (
        <span className={styles.face}>
          <StatusShape kind="good" size={12} />
          {t('clocks.met', { at: format.when(state.at, now) })}
        </span>
      )
    case 'breached': {
      const danger = emergency && state.at === null
      const time = format.duration(state.by / 1000)
      return (
        <span className={danger ? styles.danger : styles.breached}>
          <StatusShape kind={danger ? 'danger' : 'watch'} size={12} />
          {t(state.at === null ? 'clocks.late' : 'clocks.breached', { time })}
        </span>
      )
    }
    case 'running':
      return (
        <span className={styles.face}>
          {t('clocks.running', { time: format.duration(state.left / 1000) })}
        </span>
      )
    case 'untold':
      return <span className={styles.quiet}>{t('clocks.untold')}</span>
    case 'not_applicable':
      return <span className={styles.quiet}>{t(`clocks.not_applicable.${state.why}`)}</span>
  }
}
