import { Trans, useTranslation } from 'react-i18next'
import type { Filter } from '#server/contract/filter.ts'
import type { Judged } from '#server/contract/measures/shape.ts'
import { dayOfIso } from '#web/lib/city-time.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { shows } from '#web/ui/measure.tsx'
import { NumberLink, Sentence } from '#web/ui/sentence.tsx'
import { type Comparison, rowsFilter, type Unit } from './rows.ts'

interface OrganizationSentenceProps {
  /** Undefined where nothing could be judged. */
  unit: Unit | undefined
  /** Its requests. */
  own: Filter
  measure: Judged
  period: Comparison['period']
}

export function OrganizationSentence(props: OrganizationSentenceProps) {
  const { unit, own, measure, period } = props
  const { t } = useTranslation('organizations')
  const format = useFormat()
  if (!unit) return <Sentence>{t('one.sentence.nothing')}</Sentence>
  // Of a year with too little two years are counted; of who began anew, what came since.
  const rows = rowsFilter(own, { ...period, from: unit.since }, measure)
  return (
    <Sentence>
      <Trans
        t={t}
        i18nKey={`one.sentence.${measure}`}
        values={{
          observed: format.number(unit.observed),
          n: format.number(unit.n),
          expected: format.number(unit.expected),
        }}
        components={{
          among: <NumberLink to="/requests" search={rows.among} {...shows(measure)} />,
          events: <NumberLink to="/requests" search={rows.events} {...shows(measure)} />,
        }}
      />{' '}
      {unit.since === period.from
        ? null
        : t('one.sentence.since', { day: format.day(dayOfIso(unit.since)) })}
    </Sentence>
  )
}
