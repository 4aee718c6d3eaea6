import { Trans, useTranslation } from 'react-i18next'
import { inLanguage } from '#server/contract/vocabulary.ts'
import type { Answer } from '#web/api.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { NumberLink, Sentence } from '#web/ui/sentence.tsx'
import type { PageSearch } from './search.ts'

interface BuildingsSentenceProps {
  counts: Answer['buildings']['summary']
  search: PageSearch
}

/** How many there are, and in how many something is open or overdue. */
export function BuildingsSentence({ counts, search }: BuildingsSentenceProps) {
  const { t } = useTranslation('buildings')
  const format = useFormat()
  const { buildings, withOpen, withOverdue } = counts
  if (search.only) return <ViewSentence counts={counts} only={search.only} />
  if (buildings === 0) return <Sentence>{t('count.none')}</Sentence>
  const by = (sort: PageSearch['sort']) => (
    <NumberLink to="/buildings" search={{ ...search, sort }} replace />
  )
  return (
    <Sentence>
      <Trans
        t={t}
        i18nKey="count.all"
        count={buildings}
        values={{ n: format.number(buildings) }}
        components={{ all: by('address') }}
      />{' '}
      {withOpen === 0 ? (
        t('count.noneOpen')
      ) : (
        <>
          <Trans
            t={t}
            i18nKey="count.withOpen"
            count={withOpen}
            values={{ n: format.number(withOpen) }}
            components={{ open: by('-open') }}
          />{' '}
          {withOverdue === 0 ? (
            t('count.inTime')
          ) : (
            <Trans
              t={t}
              i18nKey="count.withOverdue"
              values={{ n: format.number(withOverdue) }}
              components={{ overdue: by('-overdue') }}
            />
          )}
        </>
      )}
    </Sentence>
  )
}

interface ViewSentenceProps {
  counts: BuildingsSentenceProps['counts']
  only: NonNullable<PageSearch['only']>
}

/** How many buildings a view is about, and what must be known of them. */
function ViewSentence({ counts, only }: ViewSentenceProps) {
  const { t } = useTranslation('buildings')
  const format = useFormat()
  const { buildings, quiet } = counts
  const [quietest] = quiet
  return (
    <Sentence>
      {buildings === 0 ? (
        t(counts.sized === 0 ? 'sizeUnknown' : `${only}.none`)
      ) : (
        <Trans
          t={t}
          i18nKey={`${only}.some`}
          count={buildings}
          values={{ n: format.number(buildings) }}
          components={{ n: <strong /> }}
        />
      )}
      {only === 'silent' ? (
        <>
          {' '}
          {quietest
            ? `${t('silent.district', {
                district: inLanguage(quietest.name, format.language),
                propensity: format.number(quietest.propensity, 2),
              })} `
            : null}
          {t('silent.notHealth')}
        </>
      ) : null}
    </Sentence>
  )
}
