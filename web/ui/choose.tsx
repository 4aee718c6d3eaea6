import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import styles from './choose.module.css'

/** What can be chosen: `id` is told, the rest is shown. */
export interface Offer {
  id: string
  name: string
  place?: string | undefined
  note?: string | undefined
}

interface ChooseProps {
  label: string
  /** What was typed, at each key; the parent asks for the offers. */
  text: string
  onText: (text: string) => void
  /** undefined while they are being asked for. */
  offers: readonly Offer[] | undefined
  chosen: Offer | null
  onChoose: (offer: Offer | null) => void
  /** Said below the field: that nothing was found, or that the question failed. */
  nothing: string
  /** How many were found, for those who do not see the list. */
  found: (n: number) => string
  /** Said by the browser where a text was typed and nothing chosen. */
  unchosen: string
  required?: boolean
  /** Takes the focus when it appears. */
  focus?: boolean
  /** Escape on an empty field. */
  onLeave?: (() => void) | undefined
}

/**
 * Combobox (WAI-ARIA pattern) whose offers come from the server: arrows move, Enter chooses, Escape clears and then leaves. The
 * list stands below its field in the flow of the page, so that no sheet around it cuts it off and a phone scrolls to it.
 */
export function Choose(props: ChooseProps) {
  const { label, text, onText, offers, chosen, onChoose, nothing, found, unchosen } = props
  const { required = false, focus = false, onLeave } = props
  const [open, setOpen] = useState(focus)
  const [active, setActive] = useState(0)
  const input = useRef<HTMLInputElement>(null)
  const list = useRef<HTMLDivElement>(null)
  const id = useId()
  useEffect(() => {
    if (focus) input.current?.focus()
  }, [focus])
  const typed = chosen === null && text.trim() !== ''
  useEffect(() => input.current?.setCustomValidity(typed ? unchosen : ''), [typed, unchosen])
  const shown = open && typed
  const listed = shown ? (offers ?? []) : []
  const at = Math.min(active, listed.length - 1)
  useEffect(() => {
    if (shown) list.current?.children[at]?.scrollIntoView({ block: 'nearest' })
  }, [at, shown])

  const choose = (offer: Offer | undefined) => {
    if (!offer) return
    setOpen(false)
    onChoose(offer)
  }
  const keys = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      const by = event.key === 'ArrowDown' ? 1 : -1
      if (!open) setOpen(true)
      else if (listed.length > 0) setActive((at + by + listed.length) % listed.length)
    } else if (event.key === 'Enter' && shown) choose(listed[at])
    else if (event.key === 'Escape' && text) {
      onText('')
      onChoose(null)
    } else if (event.key === 'Escape' && onLeave) onLeave()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div className={styles.choose}>
      <input
        ref={input}
        type="text"
        role="combobox"
        autoComplete="off"
        spellCheck={false}
        maxLength={200}
        required={required}
        placeholder={label}
        aria-label={label}
        aria-expanded={shown && listed.length > 0}
        aria-controls={id}
        aria-autocomplete="list"
        aria-activedescendant={listed[at] ? `${id}-${at}` : undefined}
        value={chosen?.name ?? text}
        onChange={(event) => {
          onText(event.target.value)
          if (chosen) onChoose(null)
          setActive(0)
          setOpen(true)
        }}
        onBlur={() => setOpen(false)}
        onKeyDown={keys}
      />
      <div
        ref={list}
        id={id}
        role="listbox"
        tabIndex={-1}
        aria-label={label}
        className={styles.list}
        hidden={listed.length === 0}
      >
        {listed.map((offer, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: keys are the input's (aria-activedescendant)
          <div
            key={offer.id}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            className={styles.offer}
            onPointerDown={(event) => event.preventDefault()}
            onPointerMove={() => setActive(index)}
            onClick={() => choose(offer)}
          >
            <span>{offer.name}</span>
            {offer.place ? <small>{offer.place}</small> : null}
            {offer.note ? <small className={styles.note}>{offer.note}</small> : null}
          </div>
        ))}
      </div>
      {shown && offers?.length === 0 ? <p className={styles.nothing}>{nothing}</p> : null}
      <span className="visually-hidden" role="status">
        {shown && offers ? found(offers.length) : ''}
      </span>
    </div>
  )
}
