import { useTranslation } from 'react-i18next'
import type { SceneTurn } from '#server/contract/screens.ts'
import { inLanguage, type Words } from '#server/contract/vocabulary.ts'
import { useNow } from '#web/clock.ts'
import { cityTime, dayOfIso } from '#web/lib/city-time.ts'
import { useFormat } from '#web/lib/use-format.ts'
import type { OrganizationsAnswer } from './answers.ts'
import styles from './footer.module.css'
import { Shape } from './shapes.tsx'
import type { Source } from './trouble.ts'

interface FooterProps {
  name: Words
  district: Words | null
  turns: readonly SceneTurn[]
  /** Position of the scene that stands, and whether it stands for ever. */
  at: number
  pinned: boolean
  sources: readonly Source[]
  /** The moment the picture that stands is true at; null where it has none. */
  answeredFor: number | null
  /** That picture goes on no longer. */
  stands: boolean
  /** Of the scene that stands, where it is not of now. */
  period: OrganizationsAnswer | null
}

/** Sources beyond these have no room; silent ones come first. */
const SHOWN = 2

/** City, clock, the age of what is shown, and the way through the scenes. */
export function Footer({ name, district, turns, at, pinned, ...fresh }: FooterProps) {
  const { language, clock, weekdayAndDay, zone } = useFormat()
  const now = useNow(1000)
  return (
    <footer className={styles.footer}>
      <b className={styles.city}>{inLanguage(district ?? name, language)}</b>
      <time className={styles.clock}>{clock(now)}</time>
      <span className={styles.date}>{weekdayAndDay(cityTime(now, zone).day)}</span>
      <span className={styles.fresh}>
        {fresh.period ? <Period period={fresh.period} now={now} /> : <Ages {...fresh} now={now} />}
      </span>
      <span className={styles.turns} aria-hidden="true">
        {turns.map(({ scene, seconds }, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a scene may stand twice, each in its place
          <i key={`${scene} ${i}`} data-turn={i < at ? 'past' : i > at ? 'next' : 'now'}>
            {i === at ? (
              <i
                className={styles.progress}
                data-pinned={pinned}
                style={{ animationDuration: `${seconds}s` }}
              />
            ) : null}
          </i>
        ))}
      </span>
    </footer>
  )
}

function Period({ period, now }: { period: OrganizationsAnswer; now: number }) {
  const { t } = useTranslation('wall')
  const { dayWithoutYear, age } = useFormat()
  return (
    <>
      <span>
        {t('footer.period')} <b>{dayWithoutYear(dayOfIso(period.to) - 1)}</b>
      </span>
      <span>
        {t('footer.cut')} <b>{age((now - period.cut) / 1000)}</b>
      </span>
    </>
  )
}

function Ages({
  sources,
  answeredFor,
  stands,
  now,
}: Pick<FooterProps, 'sources' | 'answeredFor' | 'stands'> & { now: number }) {
  const { t } = useTranslation('wall')
  const { language, age } = useFormat()
  return (
    <>
      {answeredFor === null ? null : (
        <span className={stands ? styles.silent : undefined}>
          {stands ? <Silent /> : null}
          {t('footer.picture')} <b>{age((now - answeredFor) / 1000)}</b>
        </span>
      )}
      {shownSources(sources).map(({ source, name: words, newestAt, silentTooLong }) => (
        <span key={source} className={silentTooLong ? styles.silent : undefined}>
          {silentTooLong ? <Silent /> : null}
          {words ? inLanguage(words, language) : source} <b>{age((now - newestAt) / 1000)}</b>
        </span>
      ))}
    </>
  )
}

const Silent = () => (
  <svg viewBox="0 0 36 36" aria-hidden="true">
    <Shape kind="watch" x={18} y={18} size={30} />
  </svg>
)

const shownSources = (sources: readonly Source[]) =>
  sources
    .toSorted(
      (a, b) => Number(b.silentTooLong) - Number(a.silentTooLong) || b.newestAt - a.newestAt,
    )
    .slice(0, SHOWN)
