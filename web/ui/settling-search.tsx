import { useEffect, useEffectEvent, useState } from 'react'

const SETTLE_MS = 250

interface SettlingSearchProps {
  value: string
  /** Says what is looked for; there is no visible label. */
  label: string
  className: string | undefined
  onSettle: (value: string) => void
}

/** What is typed becomes the value when typing pauses. */
export function SettlingSearch({ value, label, className, onSettle }: SettlingSearchProps) {
  const [text, setText] = useState(value)
  const [given, setGiven] = useState(value)
  if (given !== value) {
    setGiven(value)
    setText(value)
  }
  const settle = useEffectEvent(onSettle)
  useEffect(() => {
    if (text.trim() === value) return
    const timer = setTimeout(() => settle(text.trim()), SETTLE_MS)
    return () => clearTimeout(timer)
  }, [text, value])
  return (
    <input
      type="search"
      className={className}
      placeholder={label}
      aria-label={label}
      value={text}
      onChange={(event) => setText(event.target.value)}
    />
  )
}
