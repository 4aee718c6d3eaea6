import { useTranslation } from 'react-i18next'
import { inflowChange } from '#web/chart/inflow-change.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { shows } from '#web/ui/measure.tsx'
import { Phrase } from '#web/ui/phrase.tsx'
import { NumberLink, Sentence } from '#web/ui/sentence.tsx'
import type { Day, Ready } from './answers.ts'
import { useQueueWords } from './phrases.ts'
import { rowsOfDay, type Scope } from './scope.ts'

interface TodaySentenceProps {
  day: Day
  ahead: Ready | undefined
  scope: Scope
}

/** The day in at most two lines, from the same numbers as the panels. */
export function TodaySentence({ day, ahead, scope }: TodaySentenceProps) {
  const { t } = useTranslation('today')
  const { t: overview } = useTranslation('overview')
  const format = useFormat()
  const queueWords = useQueueWords()
  const { inflow, span, ended, today } = day
  const change = inflowChange(inflow)
  const came = overview('sentence.requests', {
    count: inflow.total,
    n: format.number(inflow.total),
  })
  const rows = (text: string) => (
    <NumberLink to="/requests" search={rowsOfDay(scope, today)} {...shows('registered')}>
      {text}
    </NumberLink>
  )
  const open = (text: string) => (
    <NumberLink to="/requests" search={{ ...scope, is: ['open'] }} {...shows('open')}>
      {text}
    </NumberLink>
  )
  if (!span) return <Sentence>{t('sentence.empty')}</Sentence>
  if (ended)
    return <Sentence>{overview('sentence.quiet', { day: format.day(span.last) })}</Sentence>
  const forecast = inflow.usual?.forecast
  return (
    <Sentence>
      <Phrase text={t('sentence.came', { requests: came })} links={[rows]} />
      {change ? (
        <Phrase
          text={
            change.outside
              ? t(change.share < 0 ? 'sentence.less' : 'sentence.more', {
                  change: format.percent(Math.abs(change.share)),
                })
              : t('sentence.usual', { day: format.weekdayFor(inflow.alike) })
          }
          links={[rows]}
        />
      ) : null}
      {forecast
        ? t('sentence.byMidnight', {
            range: format.range(
              inflow.total + forecast.interval[0],
              inflow.total + forecast.interval[1],
            ),
          })
        : '.'}{' '}
      {ahead ? (
        <Phrase text={t('sentence.queue', { clears: queueWords(ahead.queue) })} links={[open]} />
      ) : null}
    </Sentence>
  )
}
