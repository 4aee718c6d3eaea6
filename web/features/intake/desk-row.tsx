import { Link } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DeskQueue } from '#server/contract/desk.ts'
import { inLanguage } from '#server/contract/vocabulary.ts'
import { ChooseNamed } from '#web/choose-named.tsx'
import { useFormat } from '#web/lib/use-format.ts'
import { useSourceName } from '#web/source-name.ts'
import styles from './desk.module.css'
import type { Line } from './desk-page.tsx'
import { type Choice, type FreeChoice, useChoices } from './use-choices.ts'

interface DeskRowProps {
  row: Line
  queue: DeskQueue
  now: number
  selected: boolean
  onSelect: () => void
  onDone: () => void
}

export function DeskRow({ row, queue, now, selected, onSelect, onDone }: DeskRowProps) {
  const { t } = useTranslation(['desk', 'words'])
  const format = useFormat()
  const nameOf = useSourceName()
  const { choices, free, busy, failed } = useChoices(row, queue, onDone)
  const words = (told: { kk?: string | undefined; ru?: string | undefined }) =>
    inLanguage(told, format.language)
  const age = format.age((now - row.registeredAt) / 1000)
  const source = row.source ? nameOf(row.source) : null
  const channel = t(`words:channel.${row.channel}`)
  /** What is known of where it is, when no address was told. */
  const whereabouts = ({ lon, lat, unknownHouse }: Line) => {
    if (queue !== 'addresses') return null
    if (lon !== null && lat !== null)
      return t('point', { at: `${format.number(lat, 5)}; ${format.number(lon, 5)}` })
    return unknownHouse === null ? t('noAddress') : null
  }
  const unattended = queue === 'complaints' && row.acknowledgedAt === null
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys of the page choose a row
    <li
      className={styles.row}
      data-selected={selected || undefined}
      aria-current={selected || undefined}
      onClick={onSelect}
    >
      <div className={styles.head}>
        <Link to="/requests/$request" params={{ request: row.number }}>
          {row.number}
        </Link>
        <strong>{row.category ? words(row.category) : t(`words:kind.${row.kind}`)}</strong>
        <span className={unattended ? styles.late : styles.age}>
          {t(unattended ? 'untaken' : 'waits', { age })}
        </span>
      </div>
      <p className={styles.facts}>
        {[
          row.building ? words(row.building.address) : (row.place ?? whereabouts(row)),
          row.unknownHouse === null ? null : t('unknownHouse', { id: row.unknownHouse }),
          channel,
          source && source.toLowerCase() !== channel.toLowerCase() ? source : null,
          queue === 'misdirected' && row.organization
            ? t('sentTo', { name: row.organization.name })
            : null,
          row.about ? t('about', { name: row.about.name }) : null,
          queue === 'complaints' && row.organization
            ? t('takenBy', { name: row.organization.name })
            : null,
          row.addressee ? t(`by.${row.addressee.by}`) : null,
          queue === 'misdirected' && !row.addressee ? t('noChoice.misdirected') : null,
        ]
          .filter(Boolean)
          .join(' · ')}
        {row.url ? (
          <>
            {' · '}
            <a href={row.url} rel="noreferrer" target="_blank">
              {t('post')}
            </a>
          </>
        ) : null}
      </p>
      {choices.length > 0 ? null : <p className={styles.facts}>{t(`noChoice.${queue}`)}</p>}
      <ul className={styles.choices}>
        {choices.map((choice, index) => (
          <li key={choice.id}>
            <ChoiceButton choice={choice} index={index} busy={busy} />
          </li>
        ))}
        {free ? <Free free={free} index={choices.length} busy={busy} /> : null}
      </ul>
      {failed ? (
        <p className={styles.fault} role="alert">
          {t('refused')}
        </p>
      ) : null}
    </li>
  )
}

function ChoiceButton({ choice, index, busy }: { choice: Choice; index: number; busy: boolean }) {
  return (
    <button
      type="button"
      data-choice
      className={choice.main ? styles.main : styles.choice}
      disabled={busy}
      onClick={choice.run}
    >
      {index < 9 ? <kbd>{index + 1}</kbd> : null}
      <span>{choice.label}</span>
      {choice.note ? <small>{choice.note}</small> : null}
    </button>
  )
}

/** One more choice, which opens a search of the register. */
function Free({ free, index, busy }: { free: FreeChoice; index: number; busy: boolean }) {
  const { t } = useTranslation('desk')
  const [open, setOpen] = useState(false)
  const opener = useRef<HTMLButtonElement>(null)
  return (
    <>
      <li>
        <button
          ref={opener}
          type="button"
          data-choice
          className={styles.choice}
          aria-expanded={open}
          disabled={busy}
          onClick={() => setOpen(!open)}
        >
          {index < 9 ? <kbd>{index + 1}</kbd> : null}
          <span>{t(`another.${free.of}`)}</span>
        </button>
      </li>
      {open ? (
        <li className={styles.free}>
          <ChooseNamed
            of={free.of}
            label={t(`find.${free.of}`)}
            chosen={null}
            focus
            onChoose={(offer) => offer && free.run(offer.id)}
            onLeave={() => {
              setOpen(false)
              opener.current?.focus()
            }}
          />
        </li>
      ) : null}
    </>
  )
}
