import { useState } from 'react'
import buttons from './button.module.css'

interface SureButtonProps {
  label: string
  /** What the button says once it was touched; the second touch acts. */
  sure: string
  disabled?: boolean
  onSure: () => void
}

/** Acts at the second touch; whoever leaves it in between starts anew. */
export function SureButton({ label, sure, disabled, onSure }: SureButtonProps) {
  const [asked, setAsked] = useState(false)
  return (
    <button
      type="button"
      className={buttons.button}
      disabled={disabled}
      onBlur={() => setAsked(false)}
      onClick={() => {
        if (asked) onSure()
        setAsked(!asked)
      }}
    >
      {asked ? sure : label}
    </button>
  )
}
