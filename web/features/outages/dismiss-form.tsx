import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api, queryClient } from '#web/api.ts'
import { useRefused } from '#web/lib/use-refused.ts'
import { ActForm, Field, fieldOf } from '#web/ui/act-form.tsx'
import type { Line } from './answers.ts'

const REASONS = ['house', 'works', 'checked', 'other'] as const

/** One of four reasons is a click; another is written. */
export function DismissForm({ line, onDone }: { line: Line; onDone: () => void }) {
  const { t } = useTranslation('outages')
  const whyRefused = useRefused()
  const act = useMutation({
    ...api.outages.dismiss.mutationOptions(),
    onSuccess: async () => {
      await queryClient.invalidateQueries()
      onDone()
    },
  })
  const list = `reasons-${line.id}`
  return (
    <ActForm
      title={t('dismiss.title')}
      note={t('dismiss.note')}
      act={t('dismiss.act')}
      busy={act.isPending}
      refused={whyRefused(act.error)}
      onCancel={onDone}
      onSubmit={(told) => act.mutate({ suspicion: line.id, reason: fieldOf(told, 'reason') ?? '' })}
    >
      <Field label={t('dismiss.reason')}>
        <input
          name="reason"
          list={list}
          required
          maxLength={300}
          size={40}
          defaultValue={t('dismiss.reasons.house')}
          onFocus={(event) => event.currentTarget.select()}
        />
        <datalist id={list}>
          {REASONS.map((reason) => (
            <option key={reason} value={t(`dismiss.reasons.${reason}`)} />
          ))}
        </datalist>
      </Field>
    </ActForm>
  )
}
