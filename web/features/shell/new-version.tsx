import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { askAlive, ownVersion } from '#web/alive.ts'
import { followFrames } from '#web/live.ts'
import styles from './new-version.module.css'

const LOOK_MS = 600_000
const ANSWER_WITHIN_MS = 5000

/** A new version is told and waits: whoever is filling a form decides when the page begins anew. */
export function NewVersion() {
  const { t } = useTranslation('shell')
  const [isNew, setNew] = useState(false)
  useEffect(() => {
    const own = ownVersion()
    if (own === null) return
    const look = () =>
      askAlive(ANSWER_WITHIN_MS).then(
        ({ version }) => setNew(version !== own),
        () => {},
      )
    const timer = setInterval(look, LOOK_MS)
    // A server that was started anew may bring another app.
    const stop = followFrames(({ kind }) => {
      if (kind === 'reset') void look()
    })
    return () => {
      clearInterval(timer)
      stop()
    }
  }, [])
  return (
    <div role="status">
      {isNew ? (
        <p className={styles.note}>
          {t('newVersion.told')}
          <button type="button" onClick={() => window.location.reload()}>
            {t('newVersion.act')}
          </button>
        </p>
      ) : null}
    </div>
  )
}
