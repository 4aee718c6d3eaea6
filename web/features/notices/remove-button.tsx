import { useState } from 'react'
import buttons from '#web/ui/button.module.css'

interface RemoveButtonProps {
  label: string
  /** What the button says once it was touched; the second touch removes. */
  sure: string
  onRemove: () => void
}

/** Removes at the second touch; whoever leaves it in between starts anew. */
export function RemoveButton({ label, sure, onRemove }: RemoveButtonProps) {
  const [asked, setAsked] = useState(false)
  return (
    <button
      type="button"
      className={buttons.button}
      onBlur={() => setAsked(false)}
      onClick={() => {
        if (asked) onRemove()
        setAsked(!asked)
      }}
    >
      {asked ? sure : label}
    </button>
  )
}
