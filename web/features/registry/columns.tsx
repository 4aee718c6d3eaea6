import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { inLanguage } from '#server/contract/vocabulary.ts'
import type { Answer } from '#web/api.ts'
import { useFormat } from '#web/lib/use-format.ts'
import type { Column } from '#web/table/column.ts'
import { MaskedNote } from '#web/ui/masked-note.tsx'
import text from '#web/ui/text.module.css'
import styles from './history.module.css'

export type BuildingRow = Answer['registry']['buildings']['rows'][number]
export type OrganizationRow = Answer['registry']['organizations']['rows'][number]
export type DistrictRow = Answer['registry']['districts']['rows'][number]

export function useBuildingColumns(): Column<BuildingRow>[] {
  const { t } = useTranslation(['registry', 'words'])
  const format = useFormat()
  return useMemo(
    () => [
      {
        id: 'address',
        title: t('words:column.address'),
        width: 170,
        grow: 2,
        cell: (row) => (
          <>
            <span className={styles.strong}>{inLanguage(row.address, format.language)}</span>
            <MaskedNote of={inLanguage(row.address, format.language)} />
            {row.gone ? <span className={text.quiet}> {t('gone')}</span> : null}
          </>
        ),
      },
      {
        id: 'district',
        title: t('words:column.district'),
        width: 100,
        grow: 1,
        cell: (row) => (row.district ? inLanguage(row.district, format.language) : ''),
      },
      {
        id: 'organization',
        title: t('answers'),
        width: 150,
        grow: 1.5,
        cell: (row) =>
          row.answers ? row.answers.name : <span className={text.quiet}>{t('nobody')}</span>,
      },
      {
        id: 'since',
        title: t('words:column.since'),
        width: 110,
        cell: (row) => (row.answers ? format.date(row.answers.since) : ''),
      },
      {
        id: 'apartments',
        title: t('words:column.apartments'),
        width: 108,
        align: 'end',
        cell: (row) => (row.apartments === null ? '' : format.number(row.apartments)),
      },
      {
        id: 'recordedAt',
        title: t('words:column.recordedAt'),
        width: 112,
        cell: (row) => format.date(row.recordedAt),
      },
      {
        id: 'corrections',
        title: t('words:column.corrections'),
        width: 104,
        align: 'end',
        cell: (row) => (row.corrected > 0 ? format.number(row.corrected) : ''),
      },
    ],
    [t, format],
  )
}

export function useOrganizationColumns(): Column<OrganizationRow>[] {
  const { t } = useTranslation(['registry', 'words'])
  const format = useFormat()
  return useMemo(
    () => [
      {
        id: 'organization',
        title: t('organization.column'),
        width: 170,
        grow: 1,
        cell: (row) => (
          <>
            <span className={styles.strong}>{row.name}</span>
            <MaskedNote of={row.name} />
            {row.mergedInto ? (
              <span className={text.quiet}> {t('mergedInto', { name: row.mergedInto.name })}</span>
            ) : row.name === row.nameNow ? null : (
              <span className={text.quiet}> {t('nameNow', { name: row.nameNow })}</span>
            )}
          </>
        ),
      },
      {
        id: 'organizationKind',
        title: t('words:column.organizationKind'),
        width: 216,
        cell: (row) => t(`words:organizationKind.${row.kind}`),
      },
      {
        id: 'member',
        title: t('words:column.member'),
        width: 160,
        grow: 1,
        cell: (row) => row.member ?? '',
      },
      {
        id: 'phone',
        title: t('words:column.phone'),
        width: 140,
        cell: (row) => row.phone ?? <span className={text.quiet}>{t('noPhone')}</span>,
      },
      {
        id: 'verifiedAt',
        title: t('words:column.verifiedAt'),
        width: 140,
        cell: (row) =>
          row.verifiedAt === null ? (
            <span className={text.quiet}>{t('neverVerified')}</span>
          ) : (
            <span className={row.stale ? styles.stale : undefined}>
              {format.date(row.verifiedAt)}
            </span>
          ),
      },
      {
        id: 'buildings',
        title: t('words:column.buildings'),
        width: 70,
        align: 'end',
        cell: (row) => format.number(row.buildings),
      },
      {
        id: 'apartments',
        title: t('words:column.apartments'),
        width: 108,
        align: 'end',
        cell: (row) => format.number(row.apartments),
      },
    ],
    [t, format],
  )
}

export function useDistrictColumns(): Column<DistrictRow>[] {
  const { t } = useTranslation(['registry', 'words'])
  const format = useFormat()
  return useMemo(
    () => [
      {
        id: 'district',
        title: t('words:column.district'),
        width: 170,
        grow: 2,
        cell: (row) => (
          <span className={styles.strong}>{inLanguage(row.name, format.language)}</span>
        ),
      },
      {
        id: 'buildings',
        title: t('words:column.buildings'),
        width: 90,
        align: 'end',
        cell: (row) => format.number(row.buildings),
      },
      {
        id: 'apartments',
        title: t('words:column.apartments'),
        width: 108,
        align: 'end',
        cell: (row) => format.number(row.apartments),
      },
      {
        id: 'organizations',
        title: t('tab.organizations'),
        width: 120,
        align: 'end',
        cell: (row) => format.number(row.organizations),
      },
    ],
    [t, format],
  )
}
