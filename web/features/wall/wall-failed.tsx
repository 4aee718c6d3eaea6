import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { beginAnew } from '#web/alive.ts'
import { PALETTES } from '#web/ui/theme.ts'
import { variables } from './variables.ts'
import styles from './wall.module.css'

/** The last resort, e.g. parts of the app that a new version has replaced: says so, and begins anew. */
export function WallFailed() {
  const { t } = useTranslation('wall')
  useEffect(beginAnew, [])
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
