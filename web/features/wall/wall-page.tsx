import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { SceneName } from '#server/contract/screens.ts'
import { api } from '#web/api.ts'
import { useNow } from '#web/clock.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { useLive } from '#web/live.ts'
import { Banner } from './banner.tsx'
import { Footer } from './footer.tsx'
import { Kept } from './kept.tsx'
import { driftAt } from './rotation.ts'
import { CityScene } from './scene-city.tsx'
import { MapScene } from './scene-map.tsx'
import { OrganizationsScene } from './scene-organizations.tsx'
import { OutagesScene } from './scene-outages.tsx'
import type { WallSearch } from './search.ts'
import { troubleOf } from './trouble.ts'
import { useKiosk } from './use-kiosk.ts'
import { useSilence } from './use-silence.ts'
import { useTurn } from './use-turn.ts'
import { useUnit } from './use-unit.ts'
import { variables, wallPalette } from './variables.ts'
import styles from './wall.module.css'

const SCENES = ['city', 'map', 'organizations', 'outages'] as const
const SECOND = 1000
/** The live feed asks anew when something happens; this is for when nothing does. Errors do not stop it. */
const EACH = { refetchInterval: 20_000, retry: false, gcTime: Number.POSITIVE_INFINITY }

interface WallPageProps {
  search: WallSearch
  /** In the order in which they stand; absent = all. */
  scenes?: readonly SceneName[]
  onScene?: (scene: SceneName) => void
}

/** A screen that nobody operates: it shows what it has, says when that is old, and recovers by itself. */
export function WallPage({ search, scenes = SCENES, onScene }: WallPageProps) {
  const { t } = useTranslation('wall')
  const { clock } = useFormat()
  const screen = useRef<HTMLElement>(null)
  const unit = useUnit(screen)
  useKiosk()
  const now = useNow(SECOND)
  const live = useLive((state) => state)
  const silentMs = useSilence(live.heardAt)
  const city = useQuery(api.wall.city.queryOptions(undefined, EACH))
  const map = useQuery(api.wall.map.queryOptions(undefined, EACH))
  const outages = useQuery(api.wall.outages.queryOptions(undefined, EACH))
  const organizations = useQuery(api.wall.organizations.queryOptions(undefined, EACH))
  const pinned = search.scene === undefined ? null : search.scene - 1
  const turn = useTurn(search.seconds, scenes.length, pinned)
  const standing = scenes[turn.scene]
  useEffect(() => {
    if (standing) onScene?.(standing)
  }, [standing, onScene])
  const palette = wallPalette(search.scheme)

  const sources = city.data?.sources ?? []
  const trouble = troubleOf({ live, silentMs, sources })
  const ageS =
    trouble?.kind === 'away' || trouble?.since == null
      ? silentMs / SECOND
      : (now - trouble.since) / SECOND
  const past = trouble ? clock(trouble.since ?? city.data?.now ?? now) : null
  const { x, y } = driftAt(Math.floor(now / 60_000))
  const scene = (name: (typeof SCENES)[number], content: ReactNode) => (
    <section
      className={styles.scene}
      data-on={standing === name}
      data-stale={trouble !== null}
      aria-hidden={standing !== name}
    >
      <Kept>{content ?? <p className={styles.waiting}>{t('waiting')}</p>}</Kept>
    </section>
  )

  return (
    <main className={styles.screen} ref={screen} style={variables(palette)}>
      <div
        className={styles.stage}
        style={{ '--dx': `${x * unit}px`, '--dy': `${y * unit}px` } as React.CSSProperties}
      >
        {scene('city', city.data && <CityScene city={city.data} past={past} />)}
        {scene(
          'map',
          map.data && (
            <MapScene map={map.data} city={city.data} palette={palette} unit={unit} past={past} />
          ),
        )}
        {scene(
          'organizations',
          organizations.data && (
            <OrganizationsScene organizations={organizations.data} past={past} />
          ),
        )}
        {scene(
          'outages',
          outages.data && <OutagesScene outages={outages.data} now={now} past={past} />,
        )}
        {trouble ? <Banner trouble={trouble} ageS={ageS} /> : null}
        <Footer
          name={city.data?.name ?? {}}
          now={now}
          turn={turn}
          scenes={scenes}
          sources={
            trouble?.kind === 'away'
              ? sources.map((source) => ({ ...source, silentTooLong: true }))
              : sources
          }
          period={standing === 'organizations' ? (organizations.data ?? null) : null}
        />
      </div>
    </main>
  )
}
