import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { type Filter, TEST_CHOICES } from '#server/contract/filter.ts'
import { COMPARABLE, type Side, type SideName } from '#server/contract/measures/comparison.ts'
import { COUNTED } from '#server/contract/measures/counted.ts'
import { COUNTED_GROUPS } from '#server/contract/measures/shape.ts'
import { CHANNELS, inLanguage } from '#server/contract/vocabulary.ts'
import { api } from '#web/api.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { MeasureInfo, shows } from '#web/ui/measure.tsx'
import styles from './compare.module.css'
import { openedBy } from './search.ts'

const CUTS = ['district', 'category', 'organization', 'source', 'channel'] as const

interface SideFormProps {
  name: SideName
  side: Side | undefined
  /** The filter that a side begins with: that of the other. */
  usual: Filter
  onSide: (side: Side | undefined) => void
}

/** One of two numbers: a measure, what of it is counted, and within what. */
export function SideForm({ name, side, usual, onSide }: SideFormProps) {
  const { t } = useTranslation(['dictionary', 'measures', 'shell', 'words'])
  const letter = name.toUpperCase()
  const rows = side && openedBy(side)
  const change = (next: Partial<Side>) => side && onSide({ ...side, ...next })
  return (
    <fieldset className={styles.side}>
      <legend>{t('dictionary:compare.number', { letter })}</legend>
      <label {...shows(side?.measure)}>
        <span>
          {t('dictionary:compare.measure')}
          {side ? <MeasureInfo measure={side.measure} /> : null}
        </span>
        <select
          value={side?.measure ?? ''}
          onChange={({ target }) => {
            const measure = COMPARABLE.find((id) => id === target.value)
            onSide(measure && { measure, part: 'rows', filter: side?.filter ?? usual })
          }}
        >
          <option value="">{t('dictionary:compare.choose')}</option>
          {(Object.keys(COUNTED_GROUPS) as (keyof typeof COUNTED_GROUPS)[]).map((group) => {
            const members = COUNTED_GROUPS[group].filter((id) => COMPARABLE.includes(id))
            return members.length > 0 ? (
              <optgroup key={group} label={t(`dictionary:group.${group}`)}>
                {members.map((id) => (
                  <option key={id} value={id}>
                    {t(`measures:${id}.name`)}
                  </option>
                ))}
              </optgroup>
            ) : null
          })}
        </select>
      </label>
      {side && COUNTED[side.measure].among ? (
        <label>
          <span>{t('dictionary:compare.part')}</span>
          <select
            value={side.part}
            onChange={({ target }) => change({ part: target.value === 'among' ? 'among' : 'rows' })}
          >
            <option value="rows">
              {t('shell:measure.numerator')}: {t(`measures:${side.measure}.numerator`)}
            </option>
            <option value="among">
              {t('shell:measure.denominator')}: {t(`measures:${side.measure}.denominator`)}
            </option>
          </select>
        </label>
      ) : null}
      {side ? <Cuts filter={side.filter} onFilter={(filter) => change({ filter })} /> : null}
      {rows ? (
        <Link to="/requests" search={rows}>
          {t('dictionary:compare.rows')}
        </Link>
      ) : null}
    </fieldset>
  )
}

function Cuts({ filter, onFilter }: { filter: Filter; onFilter: (filter: Filter) => void }) {
  const { t } = useTranslation(['dictionary', 'words'])
  const { language } = useFormat()
  const { data } = useQuery(
    api.requests.choices.queryOptions(undefined, { staleTime: Number.POSITIVE_INFINITY }),
  )
  const choices: Record<(typeof CUTS)[number], { id: string; name: string }[]> = {
    district: (data?.district ?? []).map(({ id, name }) => ({
      id,
      name: inLanguage(name, language),
    })),
    category: (data?.category ?? []).map(({ id, name }) => ({
      id,
      name: inLanguage(name, language),
    })),
    organization: data?.organization ?? [],
    source: (data?.source ?? []).map((id) => ({ id, name: id })),
    channel: CHANNELS.map((id) => ({ id, name: t(`words:channel.${id}`) })),
  }
  return (
    <div className={styles.cuts}>
      {(['from', 'to'] as const).map((field) => (
        <label key={field}>
          <span>{t(`words:field.${field}`)}</span>
          <input
            type="date"
            value={filter[field] ?? ''}
            onChange={({ target }) => onFilter({ ...filter, [field]: target.value || undefined })}
          />
        </label>
      ))}
      {CUTS.map((field) => (
        <label key={field}>
          <span>{t(`words:field.${field}`)}</span>
          <select
            value={filter[field][0] ?? ''}
            onChange={({ target }) =>
              onFilter({ ...filter, [field]: target.value ? [target.value] : [] } as Filter)
            }
          >
            <option value="">{t('dictionary:compare.any')}</option>
            {choices[field].map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
      ))}
      <label>
        <span>{t('words:field.test')}</span>
        <select
          value={filter.test ?? 'without'}
          onChange={({ target }) =>
            onFilter({ ...filter, test: TEST_CHOICES.find((choice) => choice === target.value) })
          }
        >
          {TEST_CHOICES.map((choice) => (
            <option key={choice} value={choice}>
              {t(`words:test.${choice}`)}
            </option>
          ))}
        </select>
      </label>
    </div>
  )
}
