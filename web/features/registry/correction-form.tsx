import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api, queryClient } from '#web/api.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { ActForm, Field, fieldOf } from './act-form.tsx'

interface CorrectionFormProps {
  building: string
  /** The statement that was wrong. */
  event: string
  onDone: () => void
}

/** A tenure that was wrong from the start is taken back, and what is true is told instead. */
export function CorrectionForm({ building, event, onDone }: CorrectionFormProps) {
  const { t } = useTranslation('registry')
  const { language } = useFormat()
  const organizations = useQuery(
    api.registry.organizations.queryOptions({
      filter: { stale: false },
      language,
      offset: 0,
      limit: 200,
    }),
  )
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
      refused={act.error?.message}
      onCancel={onDone}
      onSubmit={(fields) => {
        const organization = fieldOf(fields, 'organization')
        const from = fieldOf(fields, 'from')
        const contract = fieldOf(fields, 'contract')
        act.mutate({
          building,
          event,
          reason: fieldOf(fields, 'reason') ?? '',
          ...(from && {
            instead: { organization: organization ?? null, from, ...(contract && { contract }) },
          }),
        })
      }}
    >
      <Field label={t('correct.reason')}>
        <input name="reason" required maxLength={300} />
      </Field>
      <Field label={t('correct.from')}>
        <input name="from" type="date" />
      </Field>
      <Field label={t('correct.organization')}>
        <input name="organization" list="registry-organizations" maxLength={128} />
        <datalist id="registry-organizations">
          {organizations.data?.rows.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </datalist>
      </Field>
      <Field label={t('correct.contract')}>
        <input name="contract" maxLength={120} />
      </Field>
    </ActForm>
  )
}
