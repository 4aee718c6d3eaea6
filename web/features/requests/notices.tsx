import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#web/lib/use-format.ts'
import styles from './notices.module.css'
import type { Card } from './request-facts.tsx'

const DAY_MS = 86_400_000

/** What a reader must know before reading on: as of when, a test, a message, a lowered priority, the wrong addressee. */
export function Notices({ card }: { card: Card }) {
  const { t } = useTranslation('incident')
  const format = useFormat()
  const { line, knownAt, net, downgradedAt, misdirected } = card
  const said: string[] = []
  if (line.test) said.push(t('notice.test'))
  if (line.message) said.push(t('notice.message'))
  else if (net.appealAt !== null && net.appealAt > line.registeredAt)
    said.push(t('notice.appeal', { time: format.dateTime(net.appealAt) }))
  if (downgradedAt !== null && downgradedAt - line.registeredAt <= DAY_MS)
    said.push(
      t('notice.downgraded', {
        time: format.duration(Math.max(0, downgradedAt - line.registeredAt) / 1000),
      }),
    )
  if (misdirected)
    said.push(
      misdirected.addressee === null
        ? t('notice.misdirected')
        : t('notice.misdirectedTo', { name: misdirected.addressee }),
    )
  if (said.length === 0 && knownAt === null) return null
  return (
    <ul className={styles.notices}>
      {knownAt === null ? null : (
        <li>
          <strong>{t('known.at', { time: format.dateTime(knownAt) })}</strong> {t('known.others')}{' '}
          <Link to="/requests/$request" params={{ request: line.number }} search={{}}>
            {t('known.now')}
          </Link>
        </li>
      )}
      {said.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  )
}
