import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api, queryClient } from '#web/api.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { useRefused } from '#web/lib/use-refused.ts'
import { ActForm, Field, fieldOf } from '#web/ui/act-form.tsx'
import buttons from '#web/ui/button.module.css'
import type { Line } from './answers.ts'
import { inputOf, instantOf } from './local-input.ts'

const HOUR = 3_600_000

/** Another promise, or the word that it is back. */
export function PromiseForm({
  line,
  now,
  onDone,
}: {
  line: Line
  now: number
  onDone: () => void
}) {
  const { t } = useTranslation('outages')
  const whyRefused = useRefused()
  const { zone } = useFormat()
  const onSuccess = async () => {
    await queryClient.invalidateQueries()
    onDone()
  }
  const promise = useMutation({ ...api.outages.promise.mutationOptions(), onSuccess })
  const end = useMutation({ ...api.outages.end.mutationOptions(), onSuccess })
  const promised = line.announced?.promised ?? null
  return (
    <ActForm
      title={t('revise.open')}
      act={t('revise.act')}
      busy={promise.isPending || end.isPending}
      refused={whyRefused(promise.error ?? end.error)}
      onCancel={onDone}
      onSubmit={(told) => {
        const endsAt = instantOf(fieldOf(told, 'endsAt') ?? '', zone)
        if (endsAt !== null) promise.mutate({ outage: line.id, endsAt })
      }}
    >
      <Field label={t('declare.endsAt')}>
        <input
          name="endsAt"
          type="datetime-local"
          required
          defaultValue={inputOf(Math.max(promised ?? 0, now + HOUR), zone)}
        />
      </Field>
      <button
        type="button"
        className={buttons.button}
        disabled={end.isPending}
        onClick={() => end.mutate({ outage: line.id })}
      >
        {t('end')}
      </button>
    </ActForm>
  )
}
