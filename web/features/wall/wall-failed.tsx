import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { askAlive } from '#web/alive.ts'
import { PALETTES } from '#web/ui/theme.ts'
import { variables } from './variables.ts'
import styles from './wall.module.css'

const AGAIN_MS = 5000
const ANSWER_WITHIN_MS = 4000

/**
 * The last resort, e.g. parts of the app that a new version has replaced: says so, and starts the page anew as soon as the server
 * answers; a page that starts without it would be the browser's own error.
 */
export function WallFailed() {
  const { t } = useTranslation('wall')
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>
    const again = () => {
      timer = setTimeout(
        () => askAlive(ANSWER_WITHIN_MS).then(() => window.location.reload(), again),
        AGAIN_MS,
      )
    }
    again()
    return () => clearTimeout(timer)
  }, [])
  return (
    <div className={styles.screen} style={variables(PALETTES.dark)}>
      <div className={styles.stage}>
        <div className={styles.banner} role="alert">
          <h1>{t('banner.failed.title')}</h1>
          <p>{t('banner.failed.text')}</p>
        </div>
      </div>
    </div>
  )
}
