import { useCallback, useEffect, useRef } from 'react'
import type { SceneName, ScreenSetting } from '#server/contract/screens.ts'
import { useNow } from '#web/clock.ts'
import { showLanguage } from '#web/i18n/start.ts'
import { cityTime } from '#web/lib/city-time.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { Pairing } from './pairing.tsx'
import type { WallSearch } from './search.ts'
import { useScreen } from './use-screen.ts'
import { WallPage } from './wall-page.tsx'

/** `/wall`: a screen that an official has let in shows its scenes; `?scene=` is a look at one of them from a desk. */
export function WallScreen({ search }: { search: WallSearch }) {
  return search.scene === undefined ? <Unattended /> : <WallPage search={search} />
}

function Unattended() {
  const showing = useRef<SceneName | null>(null)
  const shows = useCallback(() => showing.current, [])
  const screen = useScreen(shows)
  const onScene = useCallback((scene: SceneName) => {
    showing.current = scene
  }, [])
  if (screen.kind !== 'in') return <Pairing code={screen.kind === 'waiting' ? screen.code : null} />
  return <LetIn setting={screen.setting} onScene={onScene} />
}

const MINUTE = 60_000
/** Hours of the city in which a screen that goes by the hour is light. */
const DAY = { from: 7, to: 20 }

function LetIn({
  setting,
  onScene,
}: {
  setting: ScreenSetting
  onScene: (scene: SceneName) => void
}) {
  const { scenes, seconds, languages } = setting
  const now = useNow(MINUTE)
  const { zone } = useFormat()
  const { hour } = cityTime(now, zone)
  const light = hour >= DAY.from && hour < DAY.to
  const scheme = setting.scheme === 'hours' ? (light ? 'light' : 'dark') : setting.scheme
  useEffect(() => {
    let at = 0
    const turn = () => void showLanguage(languages[at++ % languages.length] ?? 'ru')
    turn()
    if (languages.length < 2) return
    const timer = setInterval(turn, seconds * scenes.length * 1000)
    return () => clearInterval(timer)
  }, [languages, seconds, scenes.length])
  return (
    <WallPage
      search={{ seconds, scheme, scene: undefined, lang: undefined }}
      scenes={scenes}
      onScene={onScene}
    />
  )
}
