import { Trans, useTranslation } from 'react-i18next'
import { useFormat } from '#web/lib/use-format.ts'
import { shows } from '#web/ui/measure.tsx'
import { NumberLink, Sentence } from '#web/ui/sentence.tsx'
import { chipsOf, filterOf, type PageSearch } from './search.ts'

interface Counts {
  requests: number
  incidents: number
  open: number
  overdue: number
}

/** How many there are, how many of them are open and overdue; each number leads to its rows. */
export function CountSentence({ counts, search }: { counts: Counts; search: PageSearch }) {
  const { t } = useTranslation(['requests', 'incident'])
  const format = useFormat()
  const filter = filterOf(search)
  const filtered = chipsOf(filter).length > 0
  const { requests, incidents, open, overdue } = counts
  const link = (is: readonly ('open' | 'overdue' | 'incidentHead')[]) => (
    <NumberLink
      {...shows(is[0] === 'incidentHead' ? 'incidents' : (is[0] ?? 'registered'))}
      to="/requests"
      search={{ ...search, is: [...new Set([...filter.is, ...is])] }}
    />
  )
  if (requests === 0) return <Sentence>{t('count.none')}</Sentence>
  const onlyOpen = open === requests
  const onlyOverdue = overdue === requests
  const kind = onlyOverdue ? 'onlyOverdue' : onlyOpen ? 'onlyOpen' : filtered ? 'found' : 'all'
  return (
    <Sentence>
      <Trans
        t={t}
        i18nKey={`count.${kind}`}
        count={requests}
        values={{ n: format.number(requests) }}
        components={{ all: link([]) }}
      />{' '}
      {onlyOpen ? null : open === 0 ? (
        t('count.closed')
      ) : (
        <Trans
          t={t}
          i18nKey="count.open"
          values={{ n: format.number(open) }}
          components={{ open: link(['open']) }}
        />
      )}{' '}
      {open === 0 || onlyOverdue ? null : overdue === 0 ? (
        t('count.inTime')
      ) : (
        <Trans
          t={t}
          i18nKey="count.overdue"
          values={{ n: format.number(overdue) }}
          components={{ overdue: link(['overdue']) }}
        />
      )}{' '}
      {incidents === requests ? null : (
        <Trans
          t={t}
          i18nKey="incident:count"
          count={incidents}
          values={{ n: format.number(incidents) }}
          components={{ incidents: link(['incidentHead']) }}
        />
      )}
    </Sentence>
  )
}
