import { useEffect } from 'react'
import { askAlive, ownVersion } from '#web/alive.ts'

const LOOK_MS = 30_000
const ANSWER_WITHIN_MS = 5000
/** Screens of one city do not all ask for the new app in one second. */
const SPREAD_MS = 20_000
const RELOADED = 'domovoi-wall-reloaded-for'

/**
 * After a deploy the wall begins anew with the new app, once for each: where something between keeps giving out the old page, the
 * wall goes on with it.
 */
export function useReload() {
  useEffect(() => {
    const own = ownVersion()
    if (own === null) return
    let timer: ReturnType<typeof setTimeout>
    const later = () => {
      timer = setTimeout(() => void look(), LOOK_MS)
    }
    const look = async () => {
      const alive = await askAlive(ANSWER_WITHIN_MS).catch(() => null)
      const known = !alive || alive.version === own
      if (known || sessionStorage.getItem(RELOADED) === alive.version) return later()
      timer = setTimeout(() => {
        sessionStorage.setItem(RELOADED, alive.version)
        window.location.reload()
      }, performance.timeOrigin % SPREAD_MS)
    }
    later()
    return () => clearTimeout(timer)
  }, [])
}
