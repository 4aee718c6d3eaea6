import { Trans, useTranslation } from 'react-i18next'
import type { Filter } from '#server/contract/filter.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { NumberLink, Sentence } from '#web/ui/sentence.tsx'
import { type Comparison, isWithin, rowsFilter } from './rows.ts'

/** Among so few the spread between them is hardly known. */
const FEW_UNITS = 10

interface OrganizationsSentenceProps {
  comparison: Comparison
  filter: Filter
}

/** How many give reason to inspect, as the funnel draws and Flags lists them, and the city's share. */
export function OrganizationsSentence({ comparison, filter }: OrganizationsSentenceProps) {
  const { t } = useTranslation('organizations')
  const format = useFormat()
  const { measure, whose, units, city, period, narrowed } = comparison
  const called = units.filter(({ level }) => level === 'inspect')
  const beyond = called.length
  const few = units.filter(({ why }) => why === 'few').length
  const within = called.filter(isWithin).length
  const rows = rowsFilter(filter, period, measure)
  const values = {
    n: format.number(city.n),
    events: format.number(city.observed),
    share: city.share ? format.percent(city.share.share, 1) : '',
  }
  return (
    <Sentence>
      {city.n === 0 ? (
        t('sentence.nothing')
      ) : city.observed === 0 ? (
        t(`sentence.${measure}.never`)
      ) : whose !== 'organization' ? (
        t(`who.${beyond > 0 ? 'some' : units.length < FEW_UNITS ? 'few' : 'none'}`, {
          n: format.number(beyond),
          all: format.number(units.length),
        })
      ) : narrowed ? (
        [
          t('sentence.narrowed'),
          few > 0 &&
            t('sentence.notWidened', {
              few: format.number(few),
              all: format.number(units.length),
            }),
        ]
          .filter(Boolean)
          .join(' ')
      ) : beyond === 0 ? (
        t(`sentence.${measure}.none`)
      ) : (
        <Trans
          t={t}
          i18nKey={`sentence.${measure}.some`}
          count={beyond}
          values={{ n: format.number(beyond), all: format.number(units.length) }}
          components={{ flags: <NumberLink to="/flags" /> }}
        />
      )}{' '}
      {whose === 'organization' && city.observed > 0 && within > 0
        ? `${t('sentence.within', { n: format.number(within) })} `
        : null}
      {city.observed === 0 ? null : (
        <Trans
          t={t}
          i18nKey={`sentence.${measure}.city`}
          values={values}
          components={{
            among: <NumberLink to="/requests" search={rows.among} />,
            events: <NumberLink to="/requests" search={rows.events} />,
          }}
        />
      )}
    </Sentence>
  )
}
