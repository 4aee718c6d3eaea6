import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { DeskQueue } from '#server/contract/desk.ts'
import { type Answer, api } from '#web/api.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { useSourceName } from '#web/source-name.ts'
import { Panel } from '#web/ui/panel.tsx'
import { Skeleton } from '#web/ui/states.tsx'
import styles from './desk.module.css'

type Rates = Answer['intake']['rates']

/** How often it comes to this, of how many, and how sure that is. */
export function RatesPanel({ queue }: { queue: DeskQueue }) {
  const { t } = useTranslation(['desk', 'words'])
  const nameOf = useSourceName()
  const shown = queue === 'addresses' || queue === 'misdirected'
  const { data, isError } = useQuery(api.intake.rates.queryOptions(undefined, { enabled: shown }))
  if (!shown) return null
  if (!data)
    return isError ? <p className={styles.rule}>{t('failed')}</p> : <Skeleton height={220} />
  return queue === 'addresses' ? (
    <Panel title={t('rates.addresses')} note={t('rates.days', { n: data.days })}>
      <Table
        what={t('rates.source')}
        rows={data.unmatched.map((row) => ({ ...row, name: nameOf(row.source) }))}
      />
    </Panel>
  ) : (
    <Panel title={t('rates.misdirected')} note={t('rates.days', { n: data.days })}>
      <Table
        what={t('rates.channel')}
        rows={data.misdirected.map((row) => ({ ...row, name: t(`words:channel.${row.channel}`) }))}
      />
    </Panel>
  )
}

type Rate = Omit<Rates['misdirected'][number], 'channel' | 'before'> & {
  name: string
  before?: Rates['misdirected'][number]['before']
}

function Table({ what, rows }: { what: string; rows: readonly Rate[] }) {
  const { t } = useTranslation('desk')
  const format = useFormat()
  const share = ({ cases, n }: { cases: number; n: number }) =>
    n === 0 ? '—' : format.percent(cases / n, 1)
  if (rows.length === 0) return <p className={styles.rule}>{t('rates.none')}</p>
  return (
    <table className={styles.rates}>
      <thead>
        <tr>
          <th scope="col">{what}</th>
          <th scope="col">{t('rates.share')}</th>
          <th scope="col">{t('rates.of')}</th>
          {rows[0]?.before ? <th scope="col">{t('rates.before')}</th> : null}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.name}>
            <th scope="row">{row.name}</th>
            <td>
              <b>{share(row)}</b>
              <small>{format.percentRange(row.lower, row.upper, 1)}</small>
            </td>
            <td>
              {format.number(row.cases)} / {format.number(row.n)}
            </td>
            {row.before ? <td>{share(row.before)}</td> : null}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
