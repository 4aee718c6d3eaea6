import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { EVERYTHING } from '#server/contract/filter.ts'
import {
  type DictionarySearch,
  SIDES,
  Side,
  type SideName,
  written,
} from '#server/contract/measures/comparison.ts'
import { api } from '#web/api.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { Panel } from '#web/ui/panel.tsx'
import { ErrorState, Skeleton } from '#web/ui/states.tsx'
import styles from './compare.module.css'
import { DifferenceTable } from './difference-table.tsx'
import { Overlap } from './overlap.tsx'
import { SideForm } from './side-form.tsx'

const EXAMPLE = { a: { measure: 'onTimeOfClosed' }, b: { measure: 'onTimeSoFar' } } as const

interface ComparePanelProps {
  search: DictionarySearch
  onSearch: (next: Partial<DictionarySearch>) => void
}

/** Why two numbers differ: the requests that only one of them counts, each with the reason. The address is the state. */
export function ComparePanel({ search, onSearch }: ComparePanelProps) {
  const { t } = useTranslation('dictionary')
  const sides = { a: search.a && Side.parse(search.a), b: search.b && Side.parse(search.b) }
  const { a, b } = sides
  if (!a && !b)
    return (
      <p className={styles.invitation} id="compare">
        {t('compare.question')}{' '}
        <button type="button" className={styles.act} onClick={() => onSearch(EXAMPLE)}>
          {t('compare.start')}
        </button>
      </p>
    )
  const change = (name: SideName, side: Side | undefined) =>
    onSearch({ [name]: side && written(side), side: undefined, offset: undefined })
  return (
    <div id="compare" className={styles.anchor}>
      <Panel
        title={t('compare.title')}
        actions={
          <button
            type="button"
            className={styles.act}
            onClick={() =>
              onSearch({ a: undefined, b: undefined, side: undefined, offset: undefined })
            }
          >
            {t('compare.stop')}
          </button>
        }
      >
        <div className={styles.sides}>
          {SIDES.map((name) => (
            <SideForm
              key={name}
              name={name}
              side={sides[name]}
              usual={sides[name === 'a' ? 'b' : 'a']?.filter ?? EVERYTHING}
              onSide={(side) => change(name, side)}
            />
          ))}
        </div>
        {a && b ? <Compared a={a} b={b} search={search} onSearch={onSearch} /> : null}
      </Panel>
    </div>
  )
}

function Compared({ a, b, search, onSearch }: { a: Side; b: Side } & ComparePanelProps) {
  const { t } = useTranslation(['dictionary', 'shell'])
  const format = useFormat()
  const answer = useQuery(
    api.metrics.compare.queryOptions({ a, b }, { placeholderData: keepPreviousData }),
  )
  if (answer.isError)
    return (
      <ErrorState
        what={t('dictionary:compare.failed')}
        todo={t('dictionary:failedTodo')}
        retry={{ label: t('shell:error.retry'), run: () => void answer.refetch() }}
      />
    )
  const { data } = answer
  if (!data) return <Skeleton height={220} />
  const side = search.side ?? (data.onlyA >= data.onlyB ? 'a' : 'b')
  const same = data.onlyA === 0 && data.onlyB === 0
  return (
    <>
      <p className={styles.finding}>
        {same
          ? t('dictionary:compare.same', { n: format.number(data.both) })
          : t('dictionary:compare.differ', {
              a: format.number(data.a.count),
              b: format.number(data.b.count),
              difference: format.signed(data.a.count - data.b.count),
              onlyA: format.number(data.onlyA),
              onlyB: format.number(data.onlyB),
            })}
      </p>
      <Overlap counts={data} />
      {same ? null : (
        <DifferenceTable
          sides={{ a, b }}
          counts={data}
          side={side}
          offset={search.offset ?? 0}
          onShow={(next) => onSearch(next)}
        />
      )}
    </>
  )
}
