import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { inLanguage } from '#server/contract/vocabulary.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { Panel } from '#web/ui/panel.tsx'
import { type Line, LineDue } from './columns.tsx'
import styles from './other-requests.module.css'

interface OtherRequestsProps {
  title: string
  note: string
  lines: readonly Line[]
  none: string
}

/** A short list of requests that belong to this one in some way. */
export function OtherRequests({ title, note, lines, none }: OtherRequestsProps) {
  return (
    <Panel title={title} note={note}>
      {lines.length === 0 ? <p className={styles.none}>{none}</p> : null}
      <RequestList lines={lines} />
    </Panel>
  )
}

interface RequestListProps {
  lines: readonly Line[]
  /** All of one day and one fault: the hour tells them apart, and what is broken is said once above. */
  alike?: boolean
  /** So many are shown until all are asked for. */
  first?: number
}

export function RequestList({ lines, alike = false, first = lines.length }: RequestListProps) {
  const { t } = useTranslation(['words', 'incident'])
  const format = useFormat()
  const [whole, setWhole] = useState(false)
  const shown = whole || lines.length <= first + 2 ? lines : lines.slice(0, first)
  return (
    <div className={styles.box}>
      <ul className={`${styles.others} ${alike ? styles.alike : ''}`}>
        {shown.map((line) => (
          <li key={line.number}>
            <Link
              to="/requests/$request"
              params={{ request: line.number }}
              className={styles.number}
            >
              {line.number}
            </Link>
            <span className={styles.quiet}>
              {alike ? format.dateTime(line.registeredAt) : format.date(line.registeredAt)}
            </span>
            {alike ? null : (
              <span className={styles.what}>
                {line.category ? inLanguage(line.category, format.language) : ''}
              </span>
            )}
            <span className={`${styles.quiet} ${styles.state}`}>{t(`state.${line.state}`)}</span>
            <span className={styles.right}>
              <LineDue line={line} />
            </span>
          </li>
        ))}
      </ul>
      {shown.length < lines.length ? (
        <button type="button" className={styles.whole} onClick={() => setWhole(true)}>
          {t('incident:whole', { n: format.number(lines.length - shown.length) })}
        </button>
      ) : null}
    </div>
  )
}
