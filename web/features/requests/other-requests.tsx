import { Link } from '@tanstack/react-router'
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

export function RequestList({ lines }: { lines: readonly Line[] }) {
  const { t } = useTranslation('words')
  const format = useFormat()
  return (
    <div className={styles.box}>
      <ul className={styles.others}>
        {lines.map((line) => (
          <li key={line.number}>
            <Link
              to="/requests/$request"
              params={{ request: line.number }}
              className={styles.number}
            >
              {line.number}
            </Link>
            <span className={styles.quiet}>{format.date(line.registeredAt)}</span>
            <span className={styles.what}>
              {line.category ? inLanguage(line.category, format.language) : ''}
            </span>
            <span className={`${styles.quiet} ${styles.state}`}>{t(`state.${line.state}`)}</span>
            <span className={styles.right}>
              <LineDue line={line} />
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}
