import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './buildings.module.css'

const SETTLE_MS = 250

interface AddressFieldProps {
  value: string
  onSettle: (value: string) => void
}

/** What is typed becomes the address of the page when typing pauses. */
export function AddressField({ value, onSettle }: AddressFieldProps) {
  const { t } = useTranslation('buildings')
  const [text, setText] = useState(value)
  const [given, setGiven] = useState(value)
  if (given !== value) {
    setGiven(value)
    setText(value)
  }
  useEffect(() => {
    if (text.trim() === value) return
    const timer = setTimeout(() => onSettle(text.trim()), SETTLE_MS)
    return () => clearTimeout(timer)
  }, [text, value, onSettle])
  return (
    <input
      type="search"
      className={styles.find}
      placeholder={t('search')}
      aria-label={t('search')}
      value={text}
      onChange={(event) => setText(event.target.value)}
    />
  )
}
