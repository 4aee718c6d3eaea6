import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, queryClient } from '#web/api.ts'
import { useRefused } from '#web/lib/use-refused.ts'
import { ActForm, Field, fieldOf } from '#web/ui/act-form.tsx'
import type { Offer } from '#web/ui/choose.tsx'
import { DayInput } from '#web/ui/day-input.tsx'
import { OrganizationField } from './organization-field.tsx'

interface CorrectionFormProps {
  building: string
  /** The statement that was wrong. */
  event: string
  onDone: () => void
}

/** A tenure that was wrong from the start is taken back, and what is true is told instead. */
export function CorrectionForm({ building, event, onDone }: CorrectionFormProps) {
  const { t } = useTranslation('registry')
  const whyRefused = useRefused()
  const [organization, setOrganization] = useState<Offer | null>(null)
  const [from, setFrom] = useState('')
  const act = useMutation({
    ...api.registry.correctTenure.mutationOptions(),
    onSuccess: async () => {
      await queryClient.invalidateQueries()
      onDone()
    },
  })
  return (
    <ActForm
      title={t('correct.title')}
      note={t('correct.note')}
      act={t('correct.act')}
      busy={act.isPending}
      refused={whyRefused(act.error)}
      onCancel={onDone}
      onSubmit={(fields) => {
        const contract = fieldOf(fields, 'contract')
        act.mutate({
          building,
          event,
          reason: fieldOf(fields, 'reason') ?? '',
          ...(from && {
            instead: {
              organization: organization?.id ?? null,
              from,
              ...(contract && { contract }),
            },
          }),
        })
      }}
    >
      <Field label={t('correct.reason')}>
        <input name="reason" required maxLength={300} />
      </Field>
      <Field label={t('correct.from')}>
        <DayInput value={from} onChange={setFrom} />
      </Field>
      <OrganizationField
        label={t('correct.organization')}
        chosen={organization}
        onChoose={setOrganization}
      />
      <Field label={t('correct.contract')}>
        <input name="contract" maxLength={120} />
      </Field>
    </ActForm>
  )
}
