import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef } from 'react'
import {
  SCENES,
  type SceneName,
  type ScreenSetting,
  USUAL_SECONDS,
} from '#server/contract/screens.ts'
import type { Language } from '#server/contract/vocabulary.ts'
import { ownVersion } from '#web/alive.ts'
import { serverNow, useNow } from '#web/clock.ts'
import { showLanguage } from '#web/i18n/start.ts'
import { cityTime } from '#web/lib/city-time.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { Pairing } from './pairing.tsx'
import type { WallSearch } from './search.ts'
import { keepPage } from './shelf.ts'
import { keepSnapshot, wipeSnapshot } from './snapshot.ts'
import { useReload } from './use-reload.ts'
import { useScreen } from './use-screen.ts'
import { WallPage } from './wall-page.tsx'

interface WallScreenProps {
  search: WallSearch
  /** The machine's idea of the time, UTC ms. */
  wallClock: () => number
  /** When the picture was kept that is shown first; null where none was. */
  kept: number | null
}

const ALL = SCENES.map((scene) => ({ scene, seconds: USUAL_SECONDS }))

/** `/wall`: a screen that an official has let in shows its scenes; `?scene=` is a look at one of them from a desk. */
export function WallScreen({ search, ...rest }: WallScreenProps) {
  const { scene, scheme, place: district = null } = search
  return scene === undefined ? (
    <Unattended {...rest} />
  ) : (
    <WallPage
      turns={ALL}
      pinned={scene - 1}
      scheme={scheme}
      district={district}
      wallClock={rest.wallClock}
    />
  )
}

function Unattended({ wallClock, kept }: Omit<WallScreenProps, 'search'>) {
  const showing = useRef<SceneName | null>(null)
  const shows = useCallback(() => showing.current, [])
  const client = useQueryClient()
  const onOut = useCallback(() => {
    wipeSnapshot(localStorage)
    client.removeQueries({ queryKey: [['wall']] })
  }, [client])
  const screen = useScreen(shows, onOut)
  const onScene = useCallback((scene: SceneName) => {
    showing.current = scene
  }, [])
  useReload()
  useEffect(keepPage, [])
  if (screen.kind !== 'in') return <Pairing code={screen.kind === 'waiting' ? screen.code : null} />
  return <LetIn setting={screen.setting} onScene={onScene} wallClock={wallClock} kept={kept} />
}

const MINUTE = 60_000
const KEEP_MS = 30_000
/** Hours of the city in which a screen that goes by the hour is light. */
const DAY = { from: 7, to: 20 }

interface LetInProps extends Omit<WallScreenProps, 'search'> {
  setting: ScreenSetting
  onScene: (scene: SceneName) => void
}

function LetIn({ setting, onScene, wallClock, kept }: LetInProps) {
  const { scenes, district, languages } = setting
  const client = useQueryClient()
  const now = useNow(MINUTE)
  const { zone } = useFormat()
  const { hour } = cityTime(now, zone)
  const light = hour >= DAY.from && hour < DAY.to
  const scheme = setting.scheme === 'hours' ? (light ? 'light' : 'dark') : setting.scheme
  const turned = useCallback(
    (scene: SceneName, round: number) => {
      onScene(scene)
      void speak(languages[round % languages.length] ?? 'ru')
    },
    [onScene, languages],
  )
  const troubled = useRef(true)
  const onTrouble = useCallback((is: boolean) => {
    troubled.current = is
  }, [])
  useEffect(() => {
    const keep = () => {
      const version = ownVersion()
      if (troubled.current || version === null) return
      const at = serverNow()
      keepSnapshot({ storage: localStorage, client, version, district, at, wallClock: wallClock() })
    }
    const timer = setInterval(keep, KEEP_MS)
    const first = setTimeout(keep, KEEP_MS / 6)
    return () => {
      clearInterval(timer)
      clearTimeout(first)
    }
  }, [client, district, wallClock])
  return (
    <WallPage
      turns={scenes}
      scheme={scheme}
      district={district}
      wallClock={wallClock}
      kept={kept}
      onScene={turned}
      onTrouble={onTrouble}
    />
  )
}

/** Words that cannot be had now are had in the next round. */
const speak = (language: Language) => showLanguage(language).catch(() => {})
