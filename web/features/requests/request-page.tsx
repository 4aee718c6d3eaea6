import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api } from '#web/api.ts'
import { Panel } from '#web/ui/panel.tsx'
import { ClocksPanel } from './clocks-panel.tsx'
import { ContactPanel } from './contact-panel.tsx'
import { IncidentPanel } from './incident-panel.tsx'
import { NetClockPanel } from './net-clock-panel.tsx'
import { Notices } from './notices.tsx'
import { OtherRequests } from './other-requests.tsx'
import { PartiesPanel } from './parties-panel.tsx'
import styles from './request.module.css'
import { type Card, RequestFacts } from './request-facts.tsx'
import { RequestSentence } from './request-sentence.tsx'
import { Timeline } from './timeline.tsx'

/** One request: what happened by both clocks, when it is due, and who answered for it when. */
export function RequestPage({ number, known }: { number: string; known?: number | undefined }) {
  const { t } = useTranslation(['requests', 'words', 'incident'])
  const { data: card } = useSuspenseQuery(api.requests.one.queryOptions({ number, known }))
  const { line } = card
  return (
    <article className={styles.page}>
      <RequestFacts card={card} />
      <RequestSentence card={card} />
      <Notices card={card} />
      <div className={styles.actions}>
        {card.phone ? (
          <a href={`tel:${card.phone.replaceAll(/[^+\d]/g, '')}`} className={styles.action}>
            <span>{t('one.call')}</span>
            <strong>{card.phone}</strong>
          </a>
        ) : null}
        {line.building ? (
          <Link
            to="/requests"
            search={{ building: [line.building.id], is: ['open'] }}
            className={styles.action}
          >
            <span>{t('one.atBuilding')}</span>
          </Link>
        ) : null}
      </div>
      <div className={styles.columns}>
        <div className={styles.main}>
          <Timeline card={card} />
          <OtherRequests
            title={t('one.neighbours')}
            note={t('one.neighboursNote')}
            lines={card.neighbours}
            none={t('one.none')}
          />
        </div>
        <div className={styles.side}>
          <ClocksPanel card={card} />
          <NetClockPanel card={card} />
          <IncidentPanel card={card} />
          <Related card={card} />
          <PartiesPanel card={card} />
          <ContactPanel number={line.number} />
          {line.marks.length > 0 ? (
            <Panel title={t('one.quality')}>
              <dl className={styles.marks}>
                {line.marks.map((mark) => (
                  <div key={mark}>
                    <dt>{t(`words:mark.${mark}`)}</dt>
                    <dd>{t(`words:markWhy.${mark}`)}</dd>
                  </div>
                ))}
              </dl>
            </Panel>
          ) : null}
          {card.linked.length > 0 ? (
            <OtherRequests
              title={t('one.linked')}
              note={t('one.linkedNote')}
              lines={card.linked}
              none=""
            />
          ) : null}
        </div>
      </div>
    </article>
  )
}

/** Repeats under a new number and duplicates, both ways. */
function Related({ card }: { card: Card }) {
  const { t } = useTranslation('incident')
  const { hiddenRepeatOf, hiddenRepeats, duplicateOf, duplicates } = card.belonging
  const found = [
    ['hiddenRepeatOf', 'hiddenRepeatOfNote', hiddenRepeatOf ? [hiddenRepeatOf] : []],
    ['hiddenRepeats', 'hiddenRepeatOfNote', hiddenRepeats],
    ['duplicateOf', 'duplicateNote', duplicateOf ? [duplicateOf] : []],
    ['duplicates', 'duplicateNote', duplicates],
  ] as const
  return found.map(([title, note, lines]) =>
    lines.length === 0 ? null : (
      <OtherRequests key={title} title={t(title)} note={t(note)} lines={lines} none="" />
    ),
  )
}
