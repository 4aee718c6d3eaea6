import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Clocks } from '#server/contract/registry-search.ts'
import { PHONE_PURPOSES, type PhonePurpose } from '#server/contract/vocabulary.ts'
import { api, queryClient } from '#web/api.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { useRefused } from '#web/lib/use-refused.ts'
import { ActForm, Field, fieldOf } from '#web/ui/act-form.tsx'
import { Panel } from '#web/ui/panel.tsx'
import { ErrorState, Skeleton } from '#web/ui/states.tsx'
import text from '#web/ui/text.module.css'
import styles from './history.module.css'
import { PhoneList } from './phone-list.tsx'
import { Statements } from './statements.tsx'

interface OrganizationHistoryProps {
  organization: string
  clocks: Clocks
  /** Its panels stand side by side. */
  wide?: boolean
}

/** The names it bore, what it went into and what went into it, where it belongs, its phones, and everything told of it. */
export function OrganizationHistory({ organization, clocks, wide }: OrganizationHistoryProps) {
  const { t } = useTranslation(['registry', 'words'])
  const format = useFormat()
  const [calling, setCalling] = useState(false)
  const answer = useQuery(
    api.registry.organization.queryOptions(
      { id: organization, clocks },
      { placeholderData: keepPreviousData },
    ),
  )
  const record = answer.data
  if (answer.isError && !record)
    return (
      <ErrorState
        what={t('history.failed')}
        todo={t('failedTodo')}
        retry={{ label: t('retry'), run: () => void answer.refetch() }}
      />
    )
  if (!record) return <Skeleton height={320} />
  const spanOf = ({ start, end }: { start: number; end: number | null }) =>
    end === null
      ? t('history.since', { date: format.date(start) })
      : t('history.span', { from: format.date(start), to: format.date(end) })
  const link = ({ id, name }: { id: string; name: string }) => (
    <Link to="/organizations/$organization" params={{ organization: id }}>
      {name}
    </Link>
  )
  return (
    <div className={wide ? styles.wide : styles.stack}>
      <Panel title={t('organization.title')}>
        <ul className={styles.rows}>
          {record.names.map((name) => (
            <li key={name.event}>
              <span className={styles.strong}>{name.name}</span>
              <span>{t(`words:organizationKind.${name.kind}`)}</span>
              <span className={text.quiet}>{spanOf(name)}</span>
            </li>
          ))}
          {record.merger ? (
            <li>
              <span>
                {t('organization.wentInto')} {link(record.merger)}
              </span>
              <span className={text.quiet}>{format.date(record.merger.at)}</span>
            </li>
          ) : null}
          {record.merged.map((other) => (
            <li key={other.id}>
              <span>
                {t('organization.tookIn')} {link(other)}
              </span>
              <span className={text.quiet}>{format.date(other.at)}</span>
            </li>
          ))}
          {record.memberships.map((membership) => (
            <li key={membership.event}>
              <span>{t('organization.member', { body: membership.body })}</span>
              <span className={text.quiet}>{spanOf(membership)}</span>
            </li>
          ))}
        </ul>
        <details className={styles.details}>
          <summary>{t('statements.count', { n: format.number(record.statements.length) })}</summary>
          <Statements statements={record.statements} />
        </details>
      </Panel>
      <Panel
        title={t('phones.title')}
        actions={
          <button type="button" className={text.link} onClick={() => setCalling(!calling)}>
            {t('phones.verify')}
          </button>
        }
      >
        {calling ? (
          <PhoneForm
            organization={organization}
            known={record.phones[0]?.phone}
            onDone={() => setCalling(false)}
          />
        ) : null}
        <PhoneList phones={record.phones} now={record.asOf} />
      </Panel>
    </div>
  )
}

interface PhoneFormProps {
  organization: string
  known: string | undefined
  onDone: () => void
}

function PhoneForm({ organization, known, onDone }: PhoneFormProps) {
  const { t } = useTranslation('registry')
  const whyRefused = useRefused()
  const act = useMutation({
    ...api.registry.verifyPhone.mutationOptions(),
    onSuccess: async () => {
      await queryClient.invalidateQueries()
      onDone()
    },
  })
  return (
    <ActForm
      title={t('phones.verify')}
      note={t('phones.note')}
      act={t('phones.act')}
      busy={act.isPending}
      refused={whyRefused(act.error)}
      onCancel={onDone}
      onSubmit={(fields) =>
        act.mutate({
          organization,
          phone: fieldOf(fields, 'phone') ?? '',
          purpose: (fieldOf(fields, 'purpose') ?? 'emergency') as PhonePurpose,
        })
      }
    >
      <Field label={t('phones.phone')}>
        <input name="phone" type="tel" required maxLength={40} defaultValue={known} />
      </Field>
      <Field label={t('phones.purpose')}>
        <select name="purpose" defaultValue="emergency">
          {PHONE_PURPOSES.map((purpose) => (
            <option key={purpose} value={purpose}>
              {t(`purpose.${purpose}`)}
            </option>
          ))}
        </select>
      </Field>
    </ActForm>
  )
}
