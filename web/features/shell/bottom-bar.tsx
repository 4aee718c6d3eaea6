import { Link } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '#web/ui/icon.tsx'
import styles from './bottom-bar.module.css'
import { LanguageChoice } from './language-choice.tsx'
import { isWithin } from './pages.ts'
import { PageLinks, type Tallies } from './rail.tsx'
import { SchemeMenu } from './scheme-menu.tsx'
import { usePages, usePath } from './use-pages.ts'

/** The rail of a phone: four sections at the thumb, the rest in a sheet. */
export function BottomBar({ tallies }: { tallies: Tallies }) {
  const { t } = useTranslation('shell')
  const pages = usePages().slice(0, 4)
  const path = usePath()
  const [open, setOpen] = useState(false)
  return (
    <>
      <nav className={styles.bar} aria-label={t('rail')}>
        {pages.map(({ name, to, icon }) => (
          <Link
            key={name}
            to={to}
            className={styles.item}
            aria-current={isWithin(path, to) ? 'page' : undefined}
          >
            <Icon name={icon} />
            <span>{t(`pages.${name}`)}</span>
          </Link>
        ))}
        <button type="button" className={styles.item} onClick={() => setOpen(true)}>
          <Icon name="menu" />
          <span>{t('more')}</span>
        </button>
      </nav>
      {open ? <Sheet tallies={tallies} onClose={() => setOpen(false)} /> : null}
    </>
  )
}

function Sheet({ tallies, onClose }: { tallies: Tallies; onClose: () => void }) {
  const { t } = useTranslation('shell')
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => dialog.current?.showModal(), [])
  return (
    <dialog ref={dialog} className={styles.sheet} onClose={onClose} aria-label={t('rail')}>
      <button
        type="button"
        className={styles.close}
        onClick={() => dialog.current?.close()}
        aria-label={t('close')}
      >
        <Icon name="close" />
      </button>
      <PageLinks tallies={tallies} onGo={() => dialog.current?.close()} />
      <div className={styles.settings}>
        <LanguageChoice />
        <SchemeMenu />
      </div>
    </dialog>
  )
}
