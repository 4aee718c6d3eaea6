import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import {
  type DictionarySearch,
  SIDES,
  type Side,
  type SideName,
  written,
} from '#server/contract/measures/comparison.ts'
import { inLanguage } from '#server/contract/vocabulary.ts'
import { type Answer, api } from '#web/api.ts'
import { writeAddress } from '#web/lib/address.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { ExportLinks } from '#web/table/export-links.tsx'
import { SideScroll } from '#web/ui/side-scroll.tsx'
import { Skeleton } from '#web/ui/states.tsx'
import styles from './compare.module.css'

const PAGE = 50

interface DifferenceTableProps {
  sides: { a: Side; b: Side }
  counts: Answer['metrics']['compare']
  side: SideName
  offset: number
  onShow: (next: Pick<DictionarySearch, 'side' | 'offset'>) => void
}

/** The requests that only one of two numbers counts, and why the other does not. */
export function DifferenceTable({ sides, counts, side, offset, onShow }: DifferenceTableProps) {
  const { t } = useTranslation(['dictionary', 'words'])
  const format = useFormat()
  const { language } = format
  const only = { a: counts.onlyA, b: counts.onlyB }
  const { data: rows } = useQuery(
    api.metrics.differences.queryOptions(
      { ...sides, side, language, offset, limit: PAGE },
      { placeholderData: keepPreviousData },
    ),
  )
  const last = Math.min(offset + PAGE, only[side])
  const other = side === 'a' ? 'B' : 'A'
  return (
    <div className={styles.difference}>
      <div className={styles.bar}>
        <fieldset className={styles.choice}>
          <legend className="visually-hidden">{t('dictionary:compare.listed')}</legend>
          {SIDES.map((name) => (
            <button
              key={name}
              type="button"
              aria-pressed={name === side}
              onClick={() => onShow({ side: name, offset: undefined })}
            >
              {t('dictionary:compare.only', {
                letter: name.toUpperCase(),
                n: format.number(only[name]),
              })}
            </button>
          ))}
        </fieldset>
        <ExportLinks
          table="differences"
          search={writeAddress({ a: written(sides.a), b: written(sides.b), side }).slice(1)}
        />
      </div>
      {only[side] === 0 ? (
        <p className={styles.none}>
          {t('dictionary:compare.noneOnly', { letter: side.toUpperCase(), other })}
        </p>
      ) : !rows ? (
        <Skeleton height={320} />
      ) : (
        <SideScroll label={t('dictionary:compare.listed')}>
          <table>
            <thead>
              <tr>
                <th scope="col">{t('words:column.number')}</th>
                <th scope="col">{t('dictionary:compare.why', { letter: other })}</th>
                <th scope="col">{t('words:column.registeredAt')}</th>
                <th scope="col">{t('words:column.dueAt')}</th>
                <th scope="col">{t('words:column.closedAt')}</th>
                <th scope="col">{t('words:column.state')}</th>
                <th scope="col" className={styles.wide}>
                  {t('words:column.category')}
                </th>
                <th scope="col" className={styles.wide}>
                  {t('words:column.organization')}
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.number}>
                  <th scope="row">
                    <Link to="/requests/$request" params={{ request: row.number }}>
                      {row.number}
                    </Link>
                  </th>
                  <td>{row.fails.join('; ')}</td>
                  <td>{format.when(row.registeredAt, counts.now)}</td>
                  <td>{row.dueAt === null ? '–' : format.when(row.dueAt, counts.now)}</td>
                  <td>{row.closedAt === null ? '–' : format.when(row.closedAt, counts.now)}</td>
                  <td>{t(`words:state.${row.state}`)}</td>
                  <td className={styles.wide}>
                    {row.category ? inLanguage(row.category, language) : '–'}
                  </td>
                  <td className={styles.wide}>{row.organization ?? '–'}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </SideScroll>
      )}
      {only[side] > PAGE ? (
        <div className={styles.pager}>
          <button
            type="button"
            disabled={offset === 0}
            onClick={() => onShow({ side, offset: Math.max(0, offset - PAGE) || undefined })}
          >
            {t('dictionary:compare.earlier')}
          </button>
          <span>
            {t('dictionary:compare.range', {
              range: format.range(offset + 1, last),
              n: format.number(only[side]),
            })}
          </span>
          <button
            type="button"
            disabled={last >= only[side]}
            onClick={() => onShow({ side, offset: offset + PAGE })}
          >
            {t('dictionary:compare.later')}
          </button>
        </div>
      ) : null}
    </div>
  )
}
