import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { EVALUATED } from '#server/contract/flags.ts'
import { HOUSES, type OrganizationsSearch, UNIT_KINDS } from '#server/contract/organizations.ts'
import { inLanguage, ORGANIZATION_KINDS } from '#server/contract/vocabulary.ts'
import { api } from '#web/api.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { Dropdown } from '#web/ui/dropdown.tsx'
import { Icon } from '#web/ui/icon.tsx'
import { Option } from '#web/ui/option.tsx'
import { Segments } from '#web/ui/segments.tsx'
import { Definition } from './definition.tsx'
import styles from './organizations.module.css'
import type { Comparison } from './rows.ts'

interface ToolbarProps {
  search: OrganizationsSearch
  comparison: Comparison | undefined
  onChange: (next: Partial<OrganizationsSearch>) => void
}

/** The measure, what narrows the comparison, and what the measure means. */
export function Toolbar({ search, comparison, onChange }: ToolbarProps) {
  const { t } = useTranslation(['organizations', 'words'])
  const [defined, setDefined] = useState(false)
  const id = useId()
  const kinds = ORGANIZATION_KINDS.filter((kind) =>
    comparison?.units.some((unit) => unit.kind === kind),
  )
  return (
    <>
      <div className={styles.toolbar}>
        <Segments
          label={t('unit.label')}
          options={UNIT_KINDS.map((value) => ({ value, label: t(`unit.${value}`) }))}
          value={search.unit}
          onChange={(unit) => onChange({ unit, select: undefined, kinds: [], houses: [] })}
        />
        <Segments
          label={t('measure.label')}
          options={EVALUATED.map((value) => ({ value, label: t(`measure.${value}`) }))}
          value={search.measure}
          onChange={(measure) => onChange({ measure })}
        />
        {search.unit === 'organization' ? (
          <Choice
            label={t('filter.kind')}
            none={t('filter.all')}
            options={kinds.map((id) => ({ id, name: t(`words:organizationKind.${id}`) }))}
            chosen={search.kinds}
            onChoose={(kinds) => onChange({ kinds: kinds as OrganizationsSearch['kinds'] })}
          />
        ) : null}
        {search.unit === 'district' ? null : (
          <Places search={search} onChange={onChange} field="district" />
        )}
        <Places search={search} onChange={onChange} field="category" />
        {search.unit === 'contractor' ? null : (
          <Choice
            label={t('filter.houses')}
            none={t('filter.any')}
            options={HOUSES.map((id) => ({ id, name: t(`filter.house.${id}`) }))}
            chosen={search.houses}
            onChoose={(houses) => onChange({ houses: houses as OrganizationsSearch['houses'] })}
          />
        )}
        <button
          type="button"
          className={styles.define}
          aria-expanded={defined}
          aria-controls={id}
          onClick={() => setDefined(!defined)}
        >
          {t('define')}
        </button>
      </div>
      {defined ? (
        <div id={id}>
          <Definition measure={search.measure} version={comparison?.version ?? 1} />
        </div>
      ) : null}
    </>
  )
}

interface ChoiceProps {
  label: string
  none: string
  options: readonly { id: string; name: string }[]
  chosen: readonly string[]
  onChoose: (ids: string[]) => void
}

function Choice({ label, none, options, chosen, onChoose }: ChoiceProps) {
  const { t } = useTranslation('organizations')
  const format = useFormat()
  const names = options.filter(({ id }) => chosen.includes(id)).map(({ name }) => name)
  return (
    <Dropdown
      className={styles.choice ?? ''}
      face={
        <>
          {label}:{' '}
          <strong>
            {chosen.length === 0
              ? none
              : names.length === 1
                ? names[0]
                : format.number(chosen.length)}
          </strong>
          <Icon name="down" size={12} />
        </>
      }
    >
      {() => (
        <div className={styles.choices}>
          {chosen.length > 0 ? (
            <button type="button" className={styles.clear} onClick={() => onChoose([])}>
              {t('filter.clear')}
            </button>
          ) : null}
          {options.map(({ id, name }) => (
            <Option
              key={id}
              chosen={chosen.includes(id)}
              onChoose={() =>
                onChoose(
                  chosen.includes(id) ? chosen.filter((other) => other !== id) : [...chosen, id],
                )
              }
            >
              {name}
            </Option>
          ))}
        </div>
      )}
    </Dropdown>
  )
}

interface PlacesProps extends Pick<ToolbarProps, 'search' | 'onChange'> {
  field: 'district' | 'category'
}

function Places({ search, onChange, field }: PlacesProps) {
  const { t } = useTranslation('organizations')
  const { language } = useFormat()
  const choices = useQuery(
    api.requests.choices.queryOptions(undefined, { staleTime: 300_000, meta: { live: false } }),
  )
  // What is chosen is known before the list of what there is.
  const options = (choices.data?.[field] ?? [])
    .map(({ id, name }) => ({ id, name: inLanguage(name, language) }))
    .sort((a, b) => a.name.localeCompare(b.name, 'ru', { numeric: true }))
  return (
    <Choice
      label={t(`filter.${field}`)}
      none={t('filter.all')}
      options={options}
      chosen={search[field]}
      onChoose={(ids) => onChange({ [field]: ids })}
    />
  )
}
