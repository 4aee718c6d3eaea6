import {
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import styles from './dropdown.module.css'

interface DropdownProps {
  /** What the button shows. */
  face: ReactNode
  /** Name of the button when its face alone does not say it. */
  label?: string
  className?: string
  align?: 'start' | 'end'
  children: (close: () => void) => ReactNode
}

/** A button with a panel below it. Escape and a click outside close it and focus goes back to the button. */
export function Dropdown({ face, label, className, align = 'start', children }: DropdownProps) {
  const [open, setOpen] = useState(false)
  const [flipped, setFlipped] = useState(false)
  const root = useRef<HTMLDivElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  const panel = useRef<HTMLDivElement>(null)
  const id = useId()

  // Measured as it would begin: a panel that would leave the window ends where its button ends.
  useLayoutEffect(() => {
    const edge = open ? (panel.current?.getBoundingClientRect().right ?? 0) : 0
    setFlipped(edge > document.documentElement.clientWidth)
  }, [open])
  useEffect(() => {
    if (!open) return
    panel.current?.querySelector<HTMLElement>('[data-first], button, input, a')?.focus()
    const outside = (event: PointerEvent) => {
      if (!root.current?.contains(event.target as Node)) setOpen(false)
    }
    document.addEventListener('pointerdown', outside)
    return () => document.removeEventListener('pointerdown', outside)
  }, [open])

  const close = () => {
    setOpen(false)
    button.current?.focus()
  }
  const keys = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && open) {
      event.stopPropagation()
      close()
    }
    if (open && (event.key === 'ArrowDown' || event.key === 'ArrowUp'))
      step(event, event.key === 'ArrowDown' ? 1 : -1)
  }
  const step = (event: KeyboardEvent, by: number) => {
    if (event.target instanceof HTMLInputElement && event.target.type === 'date') return
    const all = [...(panel.current?.querySelectorAll<HTMLElement>('button, input, a') ?? [])]
    const at = all.indexOf(document.activeElement as HTMLElement)
    all.at((at + by + all.length) % all.length)?.focus()
    event.preventDefault()
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the button and of the panel bubble here
    <div className={styles.root} ref={root} onKeyDown={keys}>
      <button
        type="button"
        ref={button}
        id={`${id}button`}
        className={`${styles.button} ${className ?? ''}`}
        aria-label={label}
        aria-haspopup="dialog"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => setOpen(!open)}
      >
        {face}
      </button>
      {open ? (
        <div
          className={`${styles.panel} ${styles[flipped ? 'end' : align]}`}
          id={id}
          ref={panel}
          role="dialog"
          aria-labelledby={`${id}button`}
        >
          {children(close)}
        </div>
      ) : null}
    </div>
  )
}
