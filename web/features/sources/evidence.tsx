import { useTranslation } from 'react-i18next'
import type { Answer } from '#web/api.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { Panel } from '#web/ui/panel.tsx'
import { Reason } from '#web/ui/reason.tsx'
import styles from './sources.module.css'

type One = Answer['sources']['one']

/** Its files with their sums, and the rows that could not be stored: where, which column, why. */
export function FilesPanel({ one: { imports, quarantine, problems } }: { one: One }) {
  const { t } = useTranslation(['sources', 'words'])
  const format = useFormat()
  if (imports.length === 0 && problems.length === 0) return null
  return (
    <Panel title={t('files.title')}>
      {imports.length > 0 ? (
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t('files.file')}</th>
              {(['arrived', 'stored', 'known', 'quarantined'] as const).map((count) => (
                <th key={count} scope="col" className={styles.right}>
                  {t(`words:column.${count}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {imports.map(({ id, file, at, read, stored, known, quarantined }) => (
              <tr key={id}>
                <th scope="row">
                  {file}
                  <small>{format.dateTime(at)}</small>
                </th>
                {[read, stored, known, quarantined].map((count, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: four columns in one order
                  <td key={index} className={styles.right} data-amiss={index === 3 && count > 0}>
                    {format.number(count)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
      {quarantine.length > 0 ? (
        <>
          <h3 className={styles.heading}>{t('files.quarantine')}</h3>
          <ul className={styles.rows}>
            {quarantine.map(({ file, row, field, reason, value }) => (
              <li key={`${file} ${row} ${field}`}>
                <b>{t('files.row', { file, row: String(row), field })}</b> <Reason told={reason} />
                {value ? <code>{value}</code> : null}
              </li>
            ))}
          </ul>
        </>
      ) : imports.length > 0 ? (
        <p className={styles.quiet}>{t('files.clean')}</p>
      ) : null}
      {problems.length > 0 ? (
        <ul className={styles.rows}>
          {problems.map(({ id, why }) => (
            <li key={id}>
              <b>{id}</b> <span lang="en">{why}</span>
            </li>
          ))}
        </ul>
      ) : null}
    </Panel>
  )
}

/** Batches that were not taken: when, how many events, and what their sender was told. */
export function RefusalsPanel({
  refusals,
  now,
  title,
}: Pick<One, 'refusals' | 'now'> & { title?: string }) {
  const { t } = useTranslation('sources')
  const format = useFormat()
  return (
    <Panel title={title ?? t('refusals.title')}>
      {refusals.length === 0 ? (
        <p className={styles.quiet}>{t('refusals.none')}</p>
      ) : (
        <ul className={styles.rows}>
          {refusals.map(({ at, status, events, reason }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two refusals may be equal in everything
            <li key={index}>
              <b>{format.when(at, now)}</b>{' '}
              {t('refusals.events', { count: events, n: format.number(events) })} ·{' '}
              {t('refusals.status', { status: String(status) })} <Reason told={reason} />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
