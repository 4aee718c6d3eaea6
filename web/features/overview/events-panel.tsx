import { Link } from '@tanstack/react-router'
import { useEffect, useLayoutEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { inLanguage } from '#server/contract/vocabulary.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { Panel } from '#web/ui/panel.tsx'
import { EmptyState } from '#web/ui/states.tsx'
import { useSize } from '#web/ui/use-size.ts'
import type { State } from './answers.ts'
import { useEventWords } from './event-words.ts'
import styles from './events-panel.module.css'
import { type Happening, idOf, useEvents } from './use-events.ts'

const ROW = 44

/** What happens, newest above. Silent for readers: the tiles and the sentence tell them the sums. */
export function EventsPanel({ state, district }: { state: State; district: string[] }) {
  const { t } = useTranslation('overview')
  const format = useFormat()
  const events = useEvents(district)
  const [ref, { height }] = useSize<HTMLDivElement>()
  const list = useRef<HTMLOListElement>(null)
  useLayoutEffect(() => {
    if (list.current) keepWhole(list.current)
  })
  // Also when the letters arrive and the lines turn out shorter.
  useEffect(() => {
    void document.fonts.ready.then(() => list.current && keepWhole(list.current))
  }, [])
  const { registered, closed } = state.lastHour
  return (
    <Panel
      className={styles.panel ?? ''}
      title={t('events.title')}
      note={t('events.note', {
        registered: format.number(registered),
        closed: format.number(closed),
      })}
      actions={
        <Link to="/requests" search={{ district }}>
          {t('all')}
        </Link>
      }
    >
      <div className={styles.room} ref={ref}>
        {events?.length === 0 ? (
          <EmptyState what={t('events.none')} todo={t('events.noneTodo')} />
        ) : (
          <ol className={styles.list} aria-live="off" ref={list}>
            {events?.slice(0, Math.max(6, Math.floor(height / ROW))).map((event) => (
              <EventRow key={idOf(event)} event={event} today={state.today} />
            ))}
          </ol>
        )}
      </div>
    </Panel>
  )
}

/** A row of three lines pushes the last ones out: none is cut in half, and none out of sight takes the focus. */
function keepWhole(list: HTMLElement) {
  const rows = [...list.children].filter((row) => row instanceof HTMLElement)
  for (const row of rows) row.hidden = false
  const end = list.parentElement?.getBoundingClientRect().bottom ?? 0
  const beyond = rows.filter((row) => row.getBoundingClientRect().bottom > end + 1)
  for (const row of beyond) row.hidden = true
}

function EventRow({ event, today }: { event: Happening; today: number }) {
  const { t } = useTranslation(['overview', 'words'])
  const format = useFormat()
  const { word, weight } = useEventWords()(event)
  const category = event.categoryName ? inLanguage(event.categoryName, format.language) : null
  return (
    <li className={styles.row}>
      <time dateTime={new Date(event.occurredAt).toISOString()}>
        {format.clockOrDay(event.occurredAt, today)}
      </time>
      <Link to="/requests/$request" params={{ request: event.request }} className={styles.event}>
        <span>
          <strong className={styles[weight]}>{word}</strong>
          {event.tookS === null
            ? null
            : ` ${t('events.took', { time: format.duration(event.tookS) })}`}
          {category ? `, ${lowerFirst(category)}` : null}
          {event.ahead ? <em>, {t('words:mark.future_time')}</em> : null}
        </span>
        <span className={styles.where}>
          {event.address ? inLanguage(event.address, format.language) : t('noAddress')}
          {event.organizationName ? (
            <em> {t('quoted', { name: event.organizationName })}</em>
          ) : null}
        </span>
      </Link>
    </li>
  )
}

/** Inside a sentence; an abbreviation keeps its capitals. */
const lowerFirst = (text: string) =>
  /^\p{Lu}\p{Ll}/u.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text
