import { useTranslation } from 'react-i18next'
import type { Answer } from '#web/api.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { type Status, StatusShape } from '#web/ui/status-shape.tsx'
import styles from './sources.module.css'

export type Source = Answer['sources']['list']['sources'][number]

const SHAPES: Record<Source['state'], Status> = {
  failing: 'watch',
  silent: 'watch',
  clock: 'watch',
  test: 'insufficient',
  well: 'good',
  never: 'insufficient',
}

/** Shape and word; a source in trouble is amber, because red is for the city's own troubles. */
export function StateMark({ state }: { state: Source['state'] }) {
  const { t } = useTranslation('sources')
  return (
    <span className={styles.state} data-state={state}>
      <StatusShape kind={SHAPES[state]} />
      {t(`state.${state}`)}
    </span>
  )
}

/** What is the matter with a source, in words; nothing where it is well. */
export function useTrouble() {
  const { t } = useTranslation('sources')
  const format = useFormat()
  return ({ state, silence, heardAt, clock, test, fault }: Source, now: number): string | null => {
    const lasts = heardAt === null ? '' : format.duration((now - heardAt) / 1000)
    switch (state) {
      case 'failing':
        return t('trouble.failing', { why: fault ?? '' })
      case 'silent':
        return silence.expected === null
          ? t('trouble.silent', { lasts })
          : t('trouble.silentUsual', {
              lasts,
              n: format.number(silence.expected, silence.expected < 10 ? 1 : 0),
            })
      case 'clock':
        return t(clock.is === 'ahead' ? 'trouble.ahead' : 'trouble.behind', {
          by: format.duration(Math.abs(clock.median ?? 0) / 1000),
          share: format.percent(clock.future),
        })
      case 'test':
        return test ? t('trouble.test', { since: format.when(test.from, now) }) : null
      case 'never':
        return t('trouble.never')
      default:
        return null
    }
  }
}
