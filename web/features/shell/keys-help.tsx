import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '#web/ui/icon.tsx'
import styles from './keys-help.module.css'
import { usePages } from './use-pages.ts'

export function KeysHelp({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('shell')
  const dialog = useRef<HTMLDialogElement>(null)
  const pages = usePages()
  useEffect(() => dialog.current?.showModal(), [])
  const rows: [keys: string[], meaning: string][] = [
    [['Ctrl', 'K'], t('help.search')],
    [['/'], t('help.search')],
    ...pages.map(({ key, name }): [string[], string] => [
      ['g', key],
      t('help.go', { page: t(`pages.${name}`) }),
    ]),
    [['d'], t('help.measure')],
    [['?'], t('help.help')],
    [['Esc'], t('help.close')],
  ]
  return (
    <dialog ref={dialog} className={styles.dialog} onClose={onClose} aria-labelledby="keys-title">
      <header className={styles.head}>
        <h2 id="keys-title">{t('help.title')}</h2>
        <button type="button" onClick={() => dialog.current?.close()} aria-label={t('close')}>
          <Icon name="close" />
        </button>
      </header>
      <dl className={styles.list}>
        {rows.map(([keys, meaning]) => (
          <div key={keys.join(' ')}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </dialog>
  )
}
