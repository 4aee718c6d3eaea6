import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { PALETTES } from '#web/ui/theme.ts'
import { variables } from './variables.ts'
import styles from './wall.module.css'

const AGAIN_MS = 10_000

/** The last resort, e.g. parts of the app that a new version has replaced: says so, and starts the page anew. */
export function WallFailed() {
  const { t } = useTranslation('wall')
  useEffect(() => {
    const timer = setTimeout(() => window.location.reload(), AGAIN_MS)
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
