import { useTranslation } from 'react-i18next'
import type { FilePreview } from '#server/contract/file-import.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { Reason } from '#web/ui/reason.tsx'
import { SideScroll } from '#web/ui/side-scroll.tsx'
import styles from './sources.module.css'

const COLUMNS = ['number', 'registeredAt', 'building', 'category', 'organization'] as const

/** The first rows as they would be stored, and what is wrong with others, by row and column. */
export function FilePreviewTable({ found }: { found: FilePreview }) {
  const { t } = useTranslation(['sources', 'words'])
  const format = useFormat()
  return (
    <>
      <h3 className={styles.heading}>
        {t('file.preview', {
          read: format.number(found.read),
          stored: format.number(found.stored),
          known: format.number(found.known),
          quarantined: format.number(found.quarantined.length),
        })}
      </h3>
      <p className={styles.quiet}>
        {found.encoding}, {found.zone}
      </p>
      {found.quarantined.length > 0 ? (
        <ul className={styles.rows}>
          {found.quarantined.map(({ row, column, reason, value }) => (
            <li key={`${row} ${column} ${reason}`}>
              <b>{t('file.cell', { row: String(row), column })}</b> <Reason told={reason} />
              {value ? <code>{value}</code> : null}
            </li>
          ))}
        </ul>
      ) : null}
      {found.requests.length > 0 ? (
        <SideScroll label={t('file.first')}>
          <table className={styles.table}>
            <thead>
              <tr>
                {COLUMNS.map((column) => (
                  <th key={column} scope="col">
                    {t(`words:column.${column}`)}
                  </th>
                ))}
                <th scope="col">{t('file.steps')}</th>
              </tr>
            </thead>
            <tbody>
              {found.requests.map((request) => (
                <tr key={request.number}>
                  <th scope="row">{request.number}</th>
                  <td>{format.dateTime(request.registeredAt)}</td>
                  <td>{request.building ?? '—'}</td>
                  <td>{request.category ?? '—'}</td>
                  <td>{request.organization ?? '—'}</td>
                  <td>
                    {request.steps
                      .map(
                        ({ type, at }) => `${type.replace('request.', '')} ${format.dateTime(at)}`,
                      )
                      .join('; ') || '—'}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </SideScroll>
      ) : null}
    </>
  )
}
