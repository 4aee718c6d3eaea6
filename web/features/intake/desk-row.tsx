import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { DeskQueue } from '#server/contract/desk.ts'
import { inLanguage } from '#server/contract/vocabulary.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { useSourceName } from '#web/source-name.ts'
import styles from './desk.module.css'
import type { Line } from './desk-page.tsx'
import { type Choice, useChoices } from './use-choices.ts'

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
  const { choices, busy, failed } = useChoices(row, queue, onDone)
  const words = (told: { kk?: string | undefined; ru?: string | undefined }) =>
    inLanguage(told, format.language)
  const age = format.age((now - row.registeredAt) / 1000)
  const source = row.source ? nameOf(row.source) : null
  const channel = t(`words:channel.${row.channel}`)
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
          row.building ? words(row.building.address) : row.place,
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
      {choices.length > 0 ? (
        <ul className={styles.choices}>
          {choices.map((choice, index) => (
            <li key={choice.id}>
              <ChoiceButton choice={choice} index={index} busy={busy} />
            </li>
          ))}
        </ul>
      ) : (
        <p className={styles.facts}>{t(`noChoice.${queue}`)}</p>
      )}
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
