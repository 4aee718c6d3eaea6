import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ImportPreview, Listed } from '#server/contract/import-preview.ts'
import { useFormat } from '#web/lib/use-format.ts'
import buttons from '#web/ui/button.module.css'
import { Panel } from '#web/ui/panel.tsx'
import { Reason } from '#web/ui/reason.tsx'
import text from '#web/ui/text.module.css'
import history from './history.module.css'
import imports from './import-panel.module.css'

interface PreviewViewProps {
  found: ImportPreview
  /** It is in the log; nothing is left to apply. */
  stored?: boolean
  busy?: boolean
  onApply?: () => void
}

/** What a file changes: counts first, then who takes over from whom, then every other list. */
export function PreviewView({ found, stored, busy, onApply }: PreviewViewProps) {
  const { t } = useTranslation('registry')
  const { number } = useFormat()
  const { rows, transfers } = found
  const figures = [
    ['transfers', transfers.count],
    ['newBuildings', found.newBuildings.count],
    ['gone', found.gone.count],
    ['changed', found.changedBuildings.count],
    ['newOrganizations', found.newOrganizations.count],
    ['renamed', found.renamed.count],
    ['taken', found.taken],
    ['lost', found.lost],
    ['quarantined', rows.quarantined],
  ] as const
  return (
    <Panel
      title={t(stored ? 'import.stored' : 'import.preview', { file: found.file })}
      note={t('import.asOfNote', { date: found.asOf })}
      finding={t('import.rows', {
        read: number(rows.read),
        fresh: number(rows.new),
        known: number(rows.known),
        quarantined: number(rows.quarantined),
      })}
      actions={
        stored ? null : found.events === 0 ? (
          <span className={text.quiet}>{t('import.nothing')}</span>
        ) : (
          <button type="button" className={buttons.primary} disabled={busy} onClick={onApply}>
            {t('import.apply', { n: number(found.events) })}
          </button>
        )
      }
    >
      <dl className={imports.figures}>
        {figures.map(([name, count]) => (
          <div key={name} data-preview={name}>
            <dt>{t(`import.${name}`)}</dt>
            <dd>{number(count)}</dd>
          </div>
        ))}
      </dl>
      {found.warnings.map((warning) => (
        <p key={warning} className={imports.reason}>
          <Reason told={warning} />
        </p>
      ))}
      <List title={t('import.pairs')} list={transfers.pairs}>
        {({ from, to, buildings }) => (
          <li key={`${from.id} ${to.id}`}>
            <span>{from.name}</span>
            <span>{t('import.to', { name: to.name })}</span>
            <span className={imports.end}>{number(buildings)}</span>
          </li>
        )}
      </List>
      <List title={t('import.quarantined')} list={found.quarantined}>
        {({ row, column, reason, value }) => (
          <li key={`${row} ${column} ${reason}`}>
            <span>{t('import.row', { n: row })}</span>
            <span>
              {column} <Reason told={reason} />
            </span>
            <span className={text.quiet}>{value}</span>
          </li>
        )}
      </List>
      <List title={t('import.gone')} list={found.gone}>
        {({ id, address }) => (
          <li key={id}>
            <span>{address}</span>
            <span className={text.quiet}>{id}</span>
          </li>
        )}
      </List>
      <List title={t('import.renamed')} list={found.renamed}>
        {({ id, before, after }) => (
          <li key={id}>
            <s>{before}</s>
            <span>{after}</span>
          </li>
        )}
      </List>
      <List title={t('import.newBuildings')} list={found.newBuildings}>
        {({ id, address }) => (
          <li key={id}>
            <span>{address}</span>
            <span className={text.quiet}>{id}</span>
          </li>
        )}
      </List>
      <List title={t('import.newOrganizations')} list={found.newOrganizations}>
        {({ id, name }) => (
          <li key={id}>
            <span>{name}</span>
            <span className={text.quiet}>{id}</span>
          </li>
        )}
      </List>
    </Panel>
  )
}

/** Of each list; `domovoi import --preview --json` has more. */
const SHOWN = 40

interface ListProps<T> {
  title: string
  list: Listed<T>
  children: (one: T) => ReactNode
}

function List<T>({ title, list, children }: ListProps<T>) {
  const { t } = useTranslation('registry')
  const { number } = useFormat()
  if (list.count === 0) return null
  return (
    <details className={history.details}>
      <summary>
        {title}, {number(list.count)}
      </summary>
      <ul className={history.rows}>{list.first.slice(0, SHOWN).map(children)}</ul>
      {list.count > SHOWN ? (
        <p className={text.quiet}>
          {t('statements.more', { n: number(list.count - Math.min(SHOWN, list.first.length)) })}
        </p>
      ) : null}
    </details>
  )
}
