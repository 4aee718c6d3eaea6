import { useId, useState } from 'react'
import styles from './mapping-choice.module.css'

interface MappingChoiceProps {
  /** Descriptions that a person may begin with. */
  saved: readonly { name: string; text: string }[]
  /** The description as it stands, JSON. */
  text: string
  onText: (text: string) => void
  words: { saved: string; choose: string; own: string; text: string }
}

/** How a file is read: a known description by its name, or one's own; the text itself is shown to whoever wants it. */
export function MappingChoice({ saved, text, onText, words }: MappingChoiceProps) {
  const id = useId()
  const [own, setOwn] = useState(false)
  const known = own ? undefined : saved.find((one) => one.text === text)
  return (
    <div className={styles.choice}>
      <label htmlFor={id}>{words.saved}</label>
      <select
        id={id}
        value={known ? known.name : own || text !== '' ? '#own' : ''}
        onChange={({ target }) => {
          const chosen = saved.find(({ name }) => name === target.value)
          setOwn(chosen === undefined)
          if (chosen) onText(chosen.text)
        }}
      >
        <option value="" disabled>
          {words.choose}
        </option>
        {saved.map(({ name }) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
        <option value="#own">{words.own}</option>
      </select>
      <details open={own}>
        <summary>{words.text}</summary>
        <textarea
          rows={8}
          spellCheck={false}
          aria-label={words.text}
          value={text}
          onChange={({ target }) => onText(target.value)}
        />
      </details>
    </div>
  )
}
