import { Link } from '@tanstack/react-router'
import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import { inLanguage, type Words } from '#server/contract/vocabulary.ts'
import { cityTime } from '#web/lib/city-time.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { useSourceName } from '#web/source-name.ts'
import { Panel } from '#web/ui/panel.tsx'
import { knownAfter, loadedAt } from './clocks.ts'
import type { Card } from './request-facts.tsx'
import styles from './timeline.module.css'

type TimelineEvent = Card['timeline'][number]

/** What happened, as it stands in the log, by both clocks: when it happened and when it became known. */
export function Timeline({ card }: { card: Card }) {
  const { t } = useTranslation('requests')
  const format = useFormat()
  const { timeline } = card
  const loaded = loadedAt(timeline)
  const dayOf = (event: TimelineEvent) => cityTime(event.occurredAt, format.zone).day
  return (
    <Panel
      title={t('one.timeline')}
      note={t('one.timelineNote', {
        count: timeline.length,
        n: format.number(timeline.length),
      })}
    >
      {loaded === null ? (
        <div className={styles.clocks} aria-hidden="true">
          <span>{t('one.happened')}</span>
          <span className={styles.learned}>{t('one.learned')}</span>
        </div>
      ) : (
        <p className={styles.loaded}>{t('one.allLearned', { time: format.dateTime(loaded) })}</p>
      )}
      <ol className={styles.events}>
        {timeline.map((event, index) => {
          const before = timeline[index - 1]
          const day = dayOf(event)
          return (
            <Fragment key={event.seq}>
              {before && dayOf(before) === day ? null : (
                <li className={styles.day}>{format.day(day)}</li>
              )}
              <EventRow event={event} card={card} loaded={loaded !== null} />
            </Fragment>
          )
        })}
      </ol>
    </Panel>
  )
}

interface EventRowProps {
  event: TimelineEvent
  card: Card
  /** Known all at once: the second clock says nothing of this event alone. */
  loaded: boolean
}

function EventRow({ event, card, loaded }: EventRowProps) {
  const { names, said, line } = card
  const { t } = useTranslation(['requests', 'words', 'incident'])
  const format = useFormat()
  const after = knownAfter(event)
  const wrong = event.marks.length > 0
  const sourceName = useSourceName()
  const changed = event.before !== event.after
  const wordOf = (words: Record<string, Words>, id: string) => {
    const known = words[id]
    return known ? inLanguage(known, format.language) : id
  }
  const learned =
    after === null ? t('one.atOnce') : t('one.after', { time: format.duration(after / 1000) })
  return (
    <li
      className={styles.event}
      data-wrong={wrong || undefined}
      data-corrected={event.corrected !== null || undefined}
    >
      <time dateTime={new Date(event.occurredAt).toISOString()}>
        {format.clock(event.occurredAt)}
      </time>
      <span className={styles.node} aria-hidden="true" />
      <div className={styles.told}>
        <p className={styles.what}>
          {t(`words:event.${event.event}`)}
          {event.organization ? <Named id={event.organization} names={names} /> : null}
          {event.event === 'priority_changed' && event.priority ? (
            <span className={styles.link}>{t(`words:priority.${event.priority}`)}</span>
          ) : null}
          {event.event === 'category_changed' && event.category ? (
            <span className={styles.link}>{wordOf(said.category, event.category)}</span>
          ) : null}
          {event.event === 'address_resolved' && event.building ? (
            <span className={styles.link}>{wordOf(said.building, event.building)}</span>
          ) : null}
          {event.request ? (
            <Link
              to="/requests/$request"
              params={{ request: event.request }}
              className={styles.link}
            >
              {event.request}
            </Link>
          ) : null}
        </p>
        <p className={styles.more}>
          {changed ? (
            <span>
              {t(`words:state.${event.before}`)} <Arrow /> {t(`words:state.${event.after}`)}
            </span>
          ) : null}
          {event.party ? <span>{t(`words:party.${event.party}`)}</span> : null}
          <span>{t('one.source', { source: sourceName(event.source) })}</span>
          {event.said ? <span>«{event.said}»</span> : null}
          {event.because ? <span>{t(`words:closingReason.${event.because}`)}</span> : null}
          {event.until ? (
            <span>{t('one.until', { time: format.dateTime(event.until) })}</span>
          ) : null}
          {event.consent === null ? null : (
            <span>{t(event.consent ? 'one.consent' : 'one.noConsent')}</span>
          )}
        </p>
        {event.corrected ? (
          <p className={styles.wrong}>
            {t('incident:corrected', {
              time: format.dateTime(event.corrected.recordedAt),
              reason: event.corrected.reason,
            })}
          </p>
        ) : null}
        {event.outOfOrder && !loaded ? <p className={styles.late}>{t('one.outOfOrder')}</p> : null}
        {event.marks.map((mark) => (
          <p key={mark} className={styles.wrong}>
            {t(`words:mark.${mark}`)}. {t(`words:markWhy.${mark}`)}
          </p>
        ))}
      </div>
      {loaded ? null : (
        <Link
          to="/requests/$request"
          params={{ request: line.number }}
          search={{ known: new Date(event.recordedAt).toISOString() }}
          className={styles.learned}
          title={t('incident:known.open', { time: format.dateTime(event.recordedAt) })}
        >
          <time dateTime={new Date(event.recordedAt).toISOString()}>{learned}</time>
        </Link>
      )}
    </li>
  )
}

function Named({ id, names }: { id: string; names: Card['names'] }) {
  const name = names[id]
  if (!name) return <span className={styles.link}>{id}</span>
  return (
    <Link to="/organizations/$organization" params={{ organization: id }} className={styles.link}>
      {name}
    </Link>
  )
}

const Arrow = () => (
  <svg width="12" height="8" viewBox="0 0 12 8" aria-hidden="true">
    <path d="M0.5 4H11M8 1l3 3-3 3" fill="none" stroke="currentColor" strokeWidth="1.2" />
  </svg>
)
