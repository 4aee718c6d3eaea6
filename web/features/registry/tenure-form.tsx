import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Answer, api, queryClient } from '#web/api.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { useRefused } from '#web/lib/use-refused.ts'
import { ActForm, Field, fieldOf } from '#web/ui/act-form.tsx'
import type { Offer } from '#web/ui/choose.tsx'
import { DayInput } from '#web/ui/day-input.tsx'
import { OrganizationField } from './organization-field.tsx'

/** From a day on another organization answers for the house; what follows is said before it is recorded. */
export function TenureForm({ building, onDone }: { building: string; onDone: () => void }) {
  const { t } = useTranslation('registry')
  const whyRefused = useRefused()
  const [organization, setOrganization] = useState<Offer | null>(null)
  const [from, setFrom] = useState('')
  const asked = organization !== null && /^\d{4}-\d{2}-\d{2}$/.test(from)
  const follows = useQuery(
    api.registry.tenureConsequences.queryOptions(
      { building, organization: organization?.id ?? '', from },
      { enabled: asked, placeholderData: keepPreviousData, retry: false },
    ),
  )
  const act = useMutation({
    ...api.registry.changeTenure.mutationOptions(),
    onSuccess: async () => {
      await queryClient.invalidateQueries()
      onDone()
    },
  })
  const sentence = useSentence(asked ? follows.data : undefined)
  return (
    <ActForm
      title={t('pass.title')}
      note={sentence ?? t('pass.ask')}
      act={t('pass.act')}
      busy={act.isPending}
      refused={whyRefused(act.error ?? (asked ? follows.error : null))}
      onCancel={onDone}
      onSubmit={(fields) => {
        const contract = fieldOf(fields, 'contract')
        if (!organization) return
        act.mutate({ building, organization: organization.id, from, ...(contract && { contract }) })
      }}
    >
      <OrganizationField
        label={t('pass.organization')}
        chosen={organization}
        onChoose={setOrganization}
        required
        focus
      />
      <Field label={t('pass.from')}>
        <DayInput required value={from} onChange={setFrom} />
      </Field>
      <Field label={t('pass.contract')}>
        <input name="contract" maxLength={120} />
      </Field>
    </ActForm>
  )
}

function useSentence(found: Answer['registry']['tenureConsequences'] | undefined) {
  const { t } = useTranslation('registry')
  const format = useFormat()
  if (!found) return undefined
  const { from, to, before, until, carried, whole } = found
  const date = format.date(from)
  if (before?.id === to.id) return t('pass.same', { name: to.name, date })
  const counted = (what: 'carried' | 'whole', count: number) =>
    t(`pass.${what}`, { count, n: format.number(count) })
  return [
    before
      ? t('pass.follows', { date, name: to.name, before: before.name })
      : t('pass.first', { date, name: to.name }),
    until
      ? t('pass.until', {
          date: format.date(until.at),
          name: until.organization?.name ?? t('nobody'),
        })
      : null,
    carried > 0 ? counted('carried', carried) : t('pass.none'),
    whole > 0 ? counted('whole', whole) : null,
  ]
    .filter(Boolean)
    .join(' ')
}
