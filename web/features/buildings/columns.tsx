import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { BUILDING_SORTS } from '#server/contract/buildings.ts'
import { inLanguage } from '#server/contract/vocabulary.ts'
import type { Answer } from '#web/api.ts'
import { useFormat } from '#web/lib/use-format.ts'
import type { Column } from '#web/table/column.ts'
import { shows } from '#web/ui/measure.tsx'
import styles from './buildings.module.css'
import { useChance } from './chance.ts'

export type Row = Answer['buildings']['page']['rows'][number]

export function useColumns(): Column<Row>[] {
  const { t } = useTranslation(['buildings', 'words'])
  const format = useFormat()
  const chance = useChance()
  return useMemo(() => {
    const { language } = format
    const titled = (
      column: Omit<Column<Row>, 'title'> & { id: (typeof BUILDING_SORTS)[number] },
    ): Column<Row> => ({
      ...column,
      title: t(`words:column.${column.id}`),
      order: column.align === 'end' ? 'descending' : 'ascending',
    })
    const count = (value: number) =>
      value === 0 ? <span className={styles.nought}>0</span> : format.number(value)
    const known = (value: number | null, digits = 0) =>
      value === null ? '' : format.number(value, digits)
    return [
      titled({
        id: 'address',
        width: 190,
        grow: 3,
        fixed: true,
        cell: (row) => (
          <span className={styles.addressCell}>
            <Link
              to="/buildings/$building"
              params={{ building: row.id }}
              className={styles.address}
              title={inLanguage(row.address, language)}
            >
              <Address text={inLanguage(row.address, language)} />
            </Link>
            {row.gone ? <span className={styles.quiet}> {t('gone')}</span> : null}
          </span>
        ),
      }),
      titled({
        id: 'district',
        width: 116,
        grow: 1,
        cell: (row) => (row.district ? inLanguage(row.district, language) : ''),
      }),
      titled({
        id: 'answersNow',
        width: 130,
        grow: 2,
        cell: (row) =>
          row.answersNow ? (
            <Link
              to="/organizations/$organization"
              params={{ organization: row.answersNow.id }}
              className={styles.quietLink}
            >
              {row.answersNow.name}
            </Link>
          ) : (
            <span className={styles.quiet}>{t('nobody')}</span>
          ),
      }),
      titled({ id: 'open', width: 84, align: 'end', cell: (row) => count(row.open) }),
      titled({
        id: 'overdue',
        width: 118,
        align: 'end',
        cell: (row) => (row.overdue > 0 ? <strong>{format.number(row.overdue)}</strong> : count(0)),
      }),
      titled({
        id: 'emergency',
        width: 104,
        align: 'end',
        optional: true,
        cell: (row) => count(row.emergency),
      }),
      titled({
        id: 'requestsYear',
        width: 144,
        align: 'end',
        cell: (row) => count(row.requestsYear),
      }),
      titled({
        id: 'per100',
        width: 140,
        align: 'end',
        cell: (row) =>
          row.apartmentsAssumed ? (
            <span title={t('assumed')}>
              <span className={styles.quiet}>{t('about')}</span> {known(row.per100)}
            </span>
          ) : (
            known(row.per100)
          ),
      }),
      {
        id: 'expected',
        title: t('words:column.expected'),
        width: 104,
        align: 'end',
        optional: true,
        cell: (row) => known(row.expected),
      },
      {
        ...titled({
          id: 'ratio',
          width: 116,
          align: 'end',
          optional: true,
          cell: (row) => (
            <span {...shows('buildingIntensity')}>
              {row.ratio === null ? '' : known(row.ratio, 2)}
            </span>
          ),
        }),
        title: t('column.ratio'),
      },
      {
        ...titled({
          id: 'chance',
          width: 128,
          align: 'end',
          optional: true,
          cell: (row) => (row.chance === null ? '' : chance(row.chance)),
        }),
        title: t('column.chance'),
      },
      {
        ...titled({
          id: 'trend',
          width: 148,
          align: 'end',
          optional: true,
          cell: (row) => {
            const { ratio, chance: p } = row.trend ?? { ratio: null, chance: 1 }
            if (ratio === null) return ''
            return (
              <>
                ×{format.number(ratio, 2)} <span className={styles.quiet}>p {chance(p)}</span>
              </>
            )
          },
        }),
        title: t('column.trend'),
      },
      {
        ...titled({
          id: 'silence',
          width: 136,
          align: 'end',
          optional: true,
          cell: (row) => (
            <span {...shows('buildingSilence')}>
              {row.silence === null ? '' : chance(row.silence)}
            </span>
          ),
        }),
        title: t('column.silence'),
      },
      titled({ id: 'apartments', width: 88, align: 'end', cell: (row) => known(row.apartments) }),
      titled({ id: 'floors', width: 76, align: 'end', cell: (row) => known(row.floors) }),
      titled({ id: 'year', width: 88, align: 'end', cell: (row) => row.year ?? '' }),
    ]
  }, [t, format, chance])
}

/** «улица Кенесары, 40», with a block after it or without a comma before it. */
const HOUSE = /^(.+?)(,\s*\d[^,]{0,8}(?:,[^,]{1,10})?|\s\d\S{0,7})$/

/** Where there is no room the street is cut, never the number of the house. */
function Address({ text }: { text: string }) {
  const [, street = text, house] = HOUSE.exec(text) ?? []
  return (
    <>
      <span>{street}</span>
      {house ? <span>{house}</span> : null}
    </>
  )
}
