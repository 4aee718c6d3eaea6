import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { COMPARED_DAYS, type ComparedDays } from '#server/contract/geometry.ts'
import type { Clocks } from '#server/contract/registry-search.ts'
import { api } from '#web/api.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { Dropdown } from '#web/ui/dropdown.tsx'
import { Icon } from '#web/ui/icon.tsx'
import { Option } from '#web/ui/option.tsx'
import { COMPARED } from './compared.ts'
import { LAYERS, type Layer } from './search.ts'
import styles from './toolbar.module.css'

const SLOW = { meta: { live: false }, refetchInterval: 300_000 }
const className = styles.filter ?? ''

interface CompareChoiceProps {
  days: ComparedDays | undefined
  /** A measure of change compares always. */
  always: boolean
  onDays: (days: ComparedDays | undefined) => void
}

/** With what the measure is compared. */
export function CompareChoice({ days, always, onDays }: CompareChoiceProps) {
  const { t } = useTranslation('map')
  return (
    <Dropdown
      className={className}
      face={
        <>
          {days === undefined ? t('vs.label') : t(COMPARED[days].choice)}
          <Icon name="down" size={14} />
        </>
      }
    >
      {(close) => {
        const choose = (chosen: ComparedDays | undefined) => {
          onDays(chosen)
          close()
        }
        return (
          <>
            {always ? null : (
              <Option chosen={days === undefined} onChoose={() => choose(undefined)}>
                {t('vs.none')}
              </Option>
            )}
            {COMPARED_DAYS.map((one) => (
              <Option key={one} chosen={one === days} onChoose={() => choose(one)}>
                {t(COMPARED[one].choice)}
              </Option>
            ))}
          </>
        )
      }}
    </Dropdown>
  )
}

interface LayerChoiceProps {
  offered: readonly Layer[]
  layers: readonly Layer[]
  onLayers: (layers: Layer[]) => void
}

export function LayerChoice({ offered, layers, onLayers }: LayerChoiceProps) {
  const { t } = useTranslation('map')
  const { number } = useFormat()
  const toggle = (layer: Layer) =>
    onLayers(LAYERS.filter((one) => layers.includes(one) !== (one === layer)))
  return (
    <Dropdown
      className={className}
      face={
        <>
          {t('layers.label')} {number(offered.filter((one) => layers.includes(one)).length)}
          <Icon name="down" size={14} />
        </>
      }
    >
      {() =>
        offered.map((layer) => (
          <Option key={layer} chosen={layers.includes(layer)} onChoose={() => toggle(layer)}>
            {t(`layers.${layer}`)}
          </Option>
        ))
      }
    </Dropdown>
  )
}

interface CompanyChoiceProps {
  company: string | undefined
  clocks: Clocks
  onCompany: (company: string | undefined) => void
}

/** Whose houses get an edge. */
export function CompanyChoice({ company, clocks, onCompany }: CompanyChoiceProps) {
  const { t } = useTranslation('map')
  const { number } = useFormat()
  const { data: all = [] } = useQuery(
    api.map.holders.queryOptions(clocks, { ...SLOW, placeholderData: keepPreviousData }),
  )
  const name = all.find(({ id }) => id === company)?.name
  return (
    <Dropdown
      className={className}
      face={
        <>
          {company === undefined ? t('layers.company') : (name ?? company)}
          <Icon name="down" size={14} />
        </>
      }
    >
      {(close) => {
        const choose = (chosen: string | undefined) => {
          onCompany(chosen)
          close()
        }
        return (
          <div className={styles.options}>
            <Option chosen={company === undefined} onChoose={() => choose(undefined)}>
              {t('layers.noCompany')}
            </Option>
            {all.map(({ id, name: called, houses }) => (
              <Option
                key={id}
                chosen={id === company}
                onChoose={() => choose(id)}
                note={number(houses)}
              >
                {called}
              </Option>
            ))}
          </div>
        )
      }}
    </Dropdown>
  )
}
