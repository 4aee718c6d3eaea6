import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '#web/api.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { Dropdown } from '#web/ui/dropdown.tsx'
import { Icon } from '#web/ui/icon.tsx'
import styles from './bell.module.css'
import { NoticeLink } from './notice-link.tsx'
import { SeverityMark } from './severity-mark.tsx'
import { useNoticeTexts } from './use-texts.ts'

const SEEN = 'notices-seen'
const AGAIN_MS = 30_000
const FEW = 6
/** The server tells the times of one more. */
const MOST = 99

/** What stands now, in the frame of every page. What this browser has shown already is read; the number beside is what is not. */
export default function Bell() {
  const { t } = useTranslation('notices')
  const format = useFormat()
  const { data } = useQuery(
    api.notices.bell.queryOptions(undefined, { refetchInterval: AGAIN_MS, retry: false }),
  )
  const [seen, setSeen] = useState(() => Number(localStorage.getItem(SEEN) ?? 0))
  const newest = data?.newest ?? 0
  const unread = data?.fired.filter((firedAt) => firedAt > seen).length ?? 0
  const figure = unread > MOST ? `${format.number(MOST)}+` : format.number(unread)
  const label = unread === 0 ? t('bell.label') : t('bell.unread', { count: unread, n: figure })
  const read = () => {
    localStorage.setItem(SEEN, String(newest))
    setSeen(newest)
  }
  return (
    <>
      <Dropdown
        align="end"
        label={label}
        className={styles.bell ?? ''}
        face={
          <>
            <Icon name="bell" />
            {unread > 0 ? (
              <span className={styles.count} data-danger={data?.danger || undefined}>
                {figure}
              </span>
            ) : null}
          </>
        }
      >
        {(close) => <List onSeen={read} close={close} />}
      </Dropdown>
      <span className="visually-hidden" role="status">
        {unread > 0 ? label : ''}
      </span>
    </>
  )
}

function List({ onSeen, close }: { onSeen: () => void; close: () => void }) {
  const { t } = useTranslation('notices')
  const format = useFormat()
  const { textOf } = useNoticeTexts()
  const { data } = useQuery(api.notices.bell.queryOptions())
  // What was new when it was opened stays marked until it is closed.
  useEffect(() => onSeen, [onSeen])
  const lines = data?.lines.slice(0, FEW) ?? []
  const rest = (data?.count ?? 0) - lines.length
  return (
    <div className={styles.list}>
      {lines.length === 0 ? <p className={styles.none}>{t('bell.none')}</p> : null}
      <ul>
        {lines.map((line) => {
          const { title, details, path } = textOf(line)
          return (
            <li key={line.id} data-taken={line.acknowledged !== null || undefined}>
              <SeverityMark severity={line.severity} size={13} />
              <NoticeLink path={path} onGo={close}>
                <b>{title}</b>
                <small>
                  {[...details.slice(0, 2), format.when(line.firedAt, data?.now ?? 0)].join(' · ')}
                </small>
              </NoticeLink>
            </li>
          )
        })}
      </ul>
      <p className={styles.all}>
        {rest > 0 ? <span>{t('bell.more', { n: format.number(rest) })}</span> : null}
        <Link to="/notices" search={{}} onClick={close}>
          {t('bell.all')}
        </Link>
      </p>
    </div>
  )
}
