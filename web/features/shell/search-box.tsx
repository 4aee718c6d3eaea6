import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type KeyboardEvent, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '#web/api.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { useSettled } from '#web/lib/use-settled.ts'
import { Icon } from '#web/ui/icon.tsx'
import styles from './search-box.module.css'
import { type Entry, useEntries } from './search-entries.ts'
import barStyles from './top-bar.module.css'

/** Combobox (WAI-ARIA pattern): arrows move, Enter opens, Escape clears and then leaves. */
export default function SearchBox() {
  const { t } = useTranslation('shell')
  const format = useFormat()
  const navigate = useNavigate()
  const [text, setText] = useState('')
  const [open, setOpen] = useState(false)
  const [active, setActive] = useState(0)
  const input = useRef<HTMLInputElement>(null)
  const listId = useId()
  const asked = useSettled(text.trim(), 120)
  const { data, isError } = useQuery(
    api.shell.search.queryOptions(
      { text: asked },
      { enabled: asked.length > 0, placeholderData: keepPreviousData, staleTime: 10_000 },
    ),
  )
  const entries = useEntries(text.trim(), asked.length > 0 ? data : undefined)
  const settled = asked === text.trim() && (data !== undefined || isError)
  const at = Math.min(active, entries.length - 1)

  const leave = () => {
    setText('')
    setOpen(false)
    input.current?.blur()
  }
  const go = (entry: Entry | undefined) => {
    if (!entry) return
    leave()
    void navigate({ to: entry.to })
  }
  const keys = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      const by = event.key === 'ArrowDown' ? 1 : -1
      if (entries.length > 0) setActive((at + by + entries.length) % entries.length)
    } else if (event.key === 'Enter') go(entries[at])
    else if (event.key === 'Escape' && text) setText('')
    else if (event.key === 'Escape') leave()
    else return
    event.preventDefault()
  }
  const shown = open && text.trim().length > 0
  return (
    <div className={barStyles.box}>
      <Icon name="search" size={16} />
      <input
        ref={input}
        data-search=""
        type="text"
        role="combobox"
        autoComplete="off"
        spellCheck={false}
        maxLength={200}
        value={text}
        placeholder={t('search.placeholder')}
        aria-label={t('search.label')}
        aria-expanded={shown}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={shown && entries[at] ? `${listId}-${at}` : undefined}
        onChange={(event) => {
          setText(event.target.value)
          setActive(0)
          setOpen(true)
        }}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={keys}
      />
      {text ? null : <kbd>{t('search.key')}</kbd>}
      {shown ? (
        <div className={styles.panel}>
          <Results id={listId} entries={entries} active={at} onGo={go} onActive={setActive} />
          {settled && entries.length === 0 ? (
            <p className={styles.nothing}>{t(isError ? 'search.failed' : 'search.nothing')}</p>
          ) : null}
        </div>
      ) : null}
      <span className="visually-hidden" role="status">
        {shown && settled ? t('search.found', { n: format.number(entries.length) }) : ''}
      </span>
    </div>
  )
}

interface ResultsProps {
  id: string
  entries: readonly Entry[]
  active: number
  onGo: (entry: Entry) => void
  onActive: (at: number) => void
}

/** The pointer never takes the focus from the input, which alone knows the keys. */
function Results({ id, entries, active, onGo, onActive }: ResultsProps) {
  return (
    <div id={id} role="listbox" tabIndex={-1}>
      {entries.map((entry, at) => (
        <div key={entry.to}>
          {entry.group === entries[at - 1]?.group ? null : (
            <div className={styles.group} role="presentation">
              {entry.group}
            </div>
          )}
          {/* biome-ignore lint/a11y/useKeyWithClickEvents: keys are the input's (aria-activedescendant) */}
          <div
            id={`${id}-${at}`}
            role="option"
            tabIndex={-1}
            aria-selected={at === active}
            className={styles.entry}
            onPointerDown={(event) => event.preventDefault()}
            onPointerMove={() => onActive(at)}
            onClick={() => onGo(entry)}
          >
            <Icon name={entry.icon} size={16} />
            <span className={styles.name}>{entry.name}</span>
            {entry.place ? <span className={styles.place}>{entry.place}</span> : null}
            {entry.note ? <span className={styles.note}>{entry.note}</span> : null}
          </div>
        </div>
      ))}
    </div>
  )
}
