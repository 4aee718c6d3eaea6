import { useTranslation } from 'react-i18next'
import { inflowChange } from '#web/chart/inflow-change.ts'
import { isoOf } from '#web/lib/city-time.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { shows } from '#web/ui/measure.tsx'
import { Phrase } from '#web/ui/phrase.tsx'
import { NumberLink, Sentence } from '#web/ui/sentence.tsx'
import type { State } from './answers.ts'
import styles from './overview-page.module.css'
import { SuspicionClause } from './suspicion-clause.tsx'
import { useOutages } from './use-outages.ts'

interface OverviewSentenceProps {
  state: State
  district: string[]
}

/** The state of the city in at most two lines; computed from the same numbers as the tiles. */
export function OverviewSentence({ state, district }: OverviewSentenceProps) {
  const { t } = useTranslation('overview')
  const format = useFormat()
  const { open, overdue, span, emergency } = state
  const suspected = useOutages(district).some((line) => line.state === 'suspected')
  // Two lines: what is worse has them, and the tiles below say the rest.
  const late = emergency.known && emergency.overdue > 0
  if (!span)
    return (
      <>
        <Sentence>{t('sentence.empty')}</Sentence>
        <p className={styles.todo}>{t('sentence.emptyTodo')}</p>
      </>
    )
  const isOpen = (text: string) => (
    <NumberLink to="/requests" search={{ district, is: ['open'] }} {...shows('open')}>
      {text}
    </NumberLink>
  )
  const isOverdue = (text: string) => (
    <NumberLink
      to="/requests"
      search={{ district, is: ['overdue'] }}
      data-none={overdue?.value === 0 || undefined}
      {...shows('overdue')}
    >
      {text}
    </NumberLink>
  )
  const n = format.number(open.value)
  return (
    <Sentence>
      {overdue && !(suspected && late) ? (
        <Phrase
          text={t('sentence.openOverdue', {
            open: t('sentence.requests', { count: open.value, n }),
            overdue: t('sentence.overdue', {
              count: overdue.value,
              n: format.number(overdue.value),
            }),
          })}
          links={[isOpen, isOverdue]}
        />
      ) : (
        <Phrase
          text={t('sentence.openOnly', { open: t('sentence.requests', { count: open.value, n }) })}
          links={[isOpen]}
        />
      )}
      {state.ended ? (
        `. ${t('sentence.quiet', { day: format.day(span.last) })}`
      ) : suspected ? (
        '.'
      ) : (
        <InflowClause state={state} district={district} />
      )}{' '}
      {suspected && !late ? null : <EmergencyClause state={state} district={district} />}{' '}
      <SuspicionClause district={district} />
    </Sentence>
  )
}

function InflowClause({ state: { inflow, today }, district }: OverviewSentenceProps) {
  const { t } = useTranslation('overview')
  const format = useFormat()
  const change = inflowChange(inflow)
  const registeredToday = (text: string) => (
    <NumberLink to="/requests" search={{ district, from: isoOf(today), to: isoOf(today + 1) }}>
      {text}
    </NumberLink>
  )
  const text = !change
    ? t('sentence.inflowCount', {
        n: t('sentence.requests', { count: inflow.total, n: format.number(inflow.total) }),
      })
    : change.outside
      ? t(change.share < 0 ? 'sentence.inflowLess' : 'sentence.inflowMore', {
          change: format.percent(Math.abs(change.share)),
        })
      : t(`sentence.inflowUsual.d${inflow.alike as 0}`)
  return <Phrase text={text} links={[registeredToday]} />
}

function EmergencyClause({ state: { emergency }, district }: OverviewSentenceProps) {
  const { t } = useTranslation('overview')
  const format = useFormat()
  if (!emergency.known || emergency.value === 0) return null
  const late = emergency.overdue > 0
  const count = late ? emergency.overdue : emergency.value
  return (
    <Phrase
      text={t(late ? 'sentence.emergencyLate' : 'sentence.emergencyOpen', {
        count,
        n: format.number(count),
      })}
      links={[
        (text) => (
          <NumberLink
            to="/requests"
            search={{ district, priority: ['emergency'], is: [late ? 'overdue' : 'open'] }}
          >
            {text}
          </NumberLink>
        ),
      ]}
    />
  )
}
