import type { ReactElement } from 'react'
import { Trans, useTranslation } from 'react-i18next'
import { isoOf } from '#web/lib/city-time.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { MeasureInfo, shows } from '#web/ui/measure.tsx'
import { NumberLink } from '#web/ui/sentence.tsx'
import styles from './building.module.css'
import type { Card } from './card.ts'

/** What is open now and how the year compares; each number leads to its rows. */
export function BuildingSentence({ card }: { card: Card }) {
  const { t } = useTranslation('buildings')
  const format = useFormat()
  const building = [card.building.id]
  const { year, reporting, openCount, overdue, emergencyOverdue } = card
  const part = (key: Part, count: number, components: Record<string, ReactElement>) =>
    count === 0 ? null : (
      <Trans
        t={t}
        i18nKey={`sentence.${key}`}
        count={count}
        values={{ n: format.number(count) }}
        components={components}
      />
    )
  const now = (is: 'open' | 'overdue', priority?: 'emergency') => (
    <NumberLink
      {...shows(is)}
      to="/requests"
      search={{ building, is: [is], ...(priority && { priority: [priority] }) }}
    />
  )
  const danger = { danger: now('overdue', 'emergency') }
  // The year that is compared ends at midnight; where nothing can be compared it is that of the chart.
  const span = reporting
    ? { from: isoOf(reporting.from), to: isoOf(reporting.to) }
    : { from: isoOf(year.firstWeek), to: isoOf(year.today + 1) }
  const inYear = reporting?.requests ?? year.requests
  const yearLink = (
    <NumberLink to="/requests" search={{ building, ...span }} {...shows('registered')} />
  )
  return (
    <p className={styles.sentence} {...shows('open')}>
      {openCount === 0 ? t('sentence.none') : part('open', openCount, { open: now('open') })}
      {overdue === emergencyOverdue ? (
        part('allEmergency', overdue, danger)
      ) : (
        <>
          {part('overdue', overdue, { overdue: now('overdue') })}
          {part('emergency', emergencyOverdue, danger)}
        </>
      )}
      . {part('year', inYear, { year: yearLink })}
      {inYear === 0 ? null : <Compared card={card} />}
      <MeasureInfo measure="open" />
    </p>
  )
}

type Part = 'open' | 'overdue' | 'emergency' | 'allEmergency' | 'year'
const MUCH = 10

function Compared({ card }: { card: Card }) {
  const { t } = useTranslation('buildings')
  const format = useFormat()
  const { intensity } = card.similar
  const expected = card.reporting?.ratio?.value
  if (card.reporting?.silent && expected)
    return t('sentence.silent', { ratio: format.number(1 / expected, 1) })
  if (!intensity || intensity.ratio === null) return t('sentence.alone')
  if (!intensity.beyondChance) return t('sentence.same')
  const { ratio } = intensity
  if (ratio >= MUCH) return t('sentence.muchMore')
  return ratio > 1
    ? t('sentence.more', { ratio: format.number(ratio, 1) })
    : t('sentence.less', { ratio: format.number(1 / ratio, 1) })
}
