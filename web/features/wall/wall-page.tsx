import { useQuery } from '@tanstack/react-query'
import { memo, type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { SceneName, SceneTurn } from '#server/contract/screens.ts'
import { useNow } from '#web/clock.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { useLive, useLiveTopic } from '#web/live.ts'
import type { Scheme } from '#web/ui/theme.ts'
import { Banner } from './banner.tsx'
import { Footer } from './footer.tsx'
import { Kept } from './kept.tsx'
import { wallQuestions } from './questions.ts'
import { driftAt } from './rotation.ts'
import { CityScene } from './scene-city.tsx'
import { MapScene } from './scene-map.tsx'
import { OrganizationsScene } from './scene-organizations.tsx'
import { OutagesScene } from './scene-outages.tsx'
import { TodayScene } from './scene-today.tsx'
import { panelTrouble, type Trouble, troubleOf } from './trouble.ts'
import { useHeartbeat } from './use-heartbeat.ts'
import { useKiosk } from './use-kiosk.ts'
import { useTurn } from './use-turn.ts'
import { useUnit } from './use-unit.ts'
import { variables, wallPalette } from './variables.ts'
import styles from './wall.module.css'

const MINUTE = 60_000
/** A look at the age of each picture; the clocks that run by the second are their own. */
const LOOK_MS = 5000

interface WallPageProps {
  /** In the order in which they stand. */
  turns: readonly SceneTurn[]
  /** Position of the only scene that stands. */
  pinned?: number | null
  scheme: Scheme
  district: string | null
  /** The machine's idea of the time, UTC ms. */
  wallClock: () => number
  /** When the picture was kept that is shown until the server's first word. */
  kept?: number | null
  onScene?: (scene: SceneName, round: number) => void
  onTrouble?: (troubled: boolean) => void
}

/** A screen that nobody operates: it shows what it has, says when that is old, and recovers by itself. */
export function WallPage({
  turns,
  pinned = null,
  scheme,
  district,
  wallClock,
  kept = null,
  onScene,
  onTrouble,
}: WallPageProps) {
  const { clock } = useFormat()
  const screen = useRef<HTMLElement>(null)
  const unit = useUnit(screen)
  useKiosk()
  const now = useNow(LOOK_MS)
  const server = useLive((live) => live.server)
  const heardAt = useLive((live) => live.heardAt)
  useLiveTopic(district === null ? 'city' : `district:${district}`)
  const questions = wallQuestions(district)
  const city = useQuery(questions.city)
  const map = useQuery(questions.map)
  const outages = useQuery(questions.outages)
  const organizations = useQuery(questions.organizations)
  const today = useQuery(questions.today)
  const answered = [city, map, outages, organizations, today].reduce(
    // What was kept is no word of the server; its time is 1.
    (sum, { dataUpdatedAt }) => sum + (dataUpdatedAt > 1 ? dataUpdatedAt : 0),
    0,
  )
  const beat = useHeartbeat(wallClock, kept, answered)
  const { at, round } = useTurn(
    turns.map(({ seconds }) => seconds),
    pinned,
  )
  const standing = turns[at]?.scene
  useEffect(() => {
    if (standing) onScene?.(standing, round)
  }, [standing, round, onScene])
  const palette = wallPalette(scheme)

  const sources = city.data?.sources ?? []
  const everywhere = troubleOf({ beat, live: { server, heardAt }, sources })
  const answers = { city, map, outages, today }
  const troubleIn = (scene: SceneName) =>
    everywhere ?? (scene === 'organizations' ? null : panelTrouble(answers[scene].data?.now, now))
  const trouble = standing ? troubleIn(standing) : everywhere
  const troubled = everywhere !== null
  useEffect(() => onTrouble?.(troubled), [troubled, onTrouble])
  const past = (scene: SceneName) => {
    const since = troubleIn(scene)
    return since ? clock(since.since ?? city.data?.now ?? now) : null
  }
  const { x, y } = driftAt(Math.floor(now / MINUTE))
  const pictures: Record<SceneName, ReactNode> = {
    city: city.data && <CityScene city={city.data} past={past('city')} />,
    map: map.data && (
      <MapScene
        map={map.data}
        city={city.data}
        palette={palette}
        unit={unit}
        past={past('map')}
        stands={standing === 'map'}
      />
    ),
    organizations: organizations.data && (
      <OrganizationsScene organizations={organizations.data} past={past('organizations')} />
    ),
    outages: outages.data && <OutagesScene outages={outages.data} past={past('outages')} />,
    today: today.data && <TodayScene today={today.data} past={past('today')} />,
  }
  const shown = [...new Set(turns.map(({ scene }) => scene))]

  return (
    <main className={styles.screen} ref={screen} data-scheme={scheme} style={variables(palette)}>
      <div
        className={styles.stage}
        style={{ '--dx': `${x * unit}px`, '--dy': `${y * unit}px` } as React.CSSProperties}
      >
        {shown.map((name) => (
          <section
            key={name}
            className={styles.scene}
            data-scene={name}
            data-on={standing === name}
            data-stale={troubleIn(name) !== null}
            aria-hidden={standing !== name}
          >
            <Kept instead={<Waiting />}>{pictures[name] ?? <Waiting />}</Kept>
          </section>
        ))}
        {trouble ? <TimedBanner trouble={trouble} /> : null}
        <Footer
          name={city.data?.name ?? {}}
          district={city.data?.district ?? null}
          turns={turns}
          at={at}
          pinned={pinned !== null}
          // Of a silent server nobody knows when its sources were last heard.
          sources={everywhere?.kind === 'away' ? [] : sources}
          stands={trouble !== null && trouble.kind !== 'silent'}
          answeredFor={
            standing && standing !== 'organizations' ? (answers[standing].data?.now ?? null) : null
          }
          period={standing === 'organizations' ? (organizations.data ?? null) : null}
        />
      </div>
    </main>
  )
}

const Waiting = memo(function Waiting() {
  const { t } = useTranslation('wall')
  return <p className={styles.waiting}>{t('waiting')}</p>
})

/** The age grows though nothing else changes. */
function TimedBanner({ trouble }: { trouble: Trouble }) {
  const now = useNow(1000)
  return (
    <Banner trouble={trouble} ageS={trouble.since === null ? null : (now - trouble.since) / 1000} />
  )
}
