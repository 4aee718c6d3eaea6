import { useTranslation } from 'react-i18next'
import { inLanguage, type Words } from '#server/contract/vocabulary.ts'
import { cityTime, dayOfIso } from '#web/lib/city-time.ts'
import { useFormat } from '#web/lib/use-format.ts'
import type { OrganizationsAnswer } from './answers.ts'
import styles from './footer.module.css'
import type { Turn } from './rotation.ts'
import { Shape } from './shapes.tsx'
import type { Source } from './trouble.ts'

interface FooterProps {
  name: Words
  now: number
  turn: Turn
  scenes: readonly string[]
  sources: readonly Source[]
  /** Of the scene that stands, where it is not of now. */
  period: OrganizationsAnswer | null
}

/** Sources beyond these have no room; silent ones come first. */
const SHOWN = 2

/** City, clock, the age of what is shown, and the way through the scenes. */
export function Footer({ name, now, turn, scenes, sources, period }: FooterProps) {
  const { t } = useTranslation('wall')
  const { language, clock, weekdayAndDay, dayWithoutYear, age, zone } = useFormat()
  return (
    <footer className={styles.footer}>
      <b className={styles.city}>{inLanguage(name, language)}</b>
      <time className={styles.clock}>{clock(now)}</time>
      <span className={styles.date}>{weekdayAndDay(cityTime(now, zone).day)}</span>
      <span className={styles.fresh}>
        {period ? (
          <>
            <span>
              {t('footer.period')} <b>{dayWithoutYear(dayOfIso(period.to) - 1)}</b>
            </span>
            <span>
              {t('footer.cut')} <b>{age((now - period.cut) / 1000)}</b>
            </span>
          </>
        ) : (
          shownSources(sources).map(({ source, name: words, newestAt, silentTooLong }) => (
            <span key={source} className={silentTooLong ? styles.silent : undefined}>
              {silentTooLong ? (
                <svg viewBox="0 0 36 36" aria-hidden="true">
                  <Shape kind="watch" x={18} y={18} size={30} />
                </svg>
              ) : null}
              {words ? inLanguage(words, language) : source} <b>{age((now - newestAt) / 1000)}</b>
            </span>
          ))
        )}
      </span>
      <span className={styles.turns} aria-hidden="true">
        {scenes.map((scene, at) => (
          <i key={scene} data-turn={at < turn.scene ? 'past' : at > turn.scene ? 'next' : 'now'}>
            {at === turn.scene ? (
              <i className={styles.progress} style={{ transform: `scaleX(${turn.progress})` }} />
            ) : null}
          </i>
        ))}
      </span>
    </footer>
  )
}

const shownSources = (sources: readonly Source[]) =>
  sources
    .toSorted(
      (a, b) => Number(b.silentTooLong) - Number(a.silentTooLong) || b.newestAt - a.newestAt,
    )
    .slice(0, SHOWN)
