import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '#web/api.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { useRefused } from '#web/lib/use-refused.ts'
import styles from './presets.module.css'
import type { Preset } from './presets-page.tsx'

const SHORTEST = 5

/** Whether the city goes by the definition, and the word with a reason that changes it: an event of the log. */
export function Choice({ preset, mayChoose }: { preset: Preset; mayChoose: boolean }) {
  const { t } = useTranslation('presets')
  const whyRefused = useRefused()
  const format = useFormat()
  const [open, setOpen] = useState(false)
  const [reason, setReason] = useState('')
  const id = useId()
  const client = useQueryClient()
  const after = {
    onSuccess: async () => {
      setOpen(false)
      setReason('')
      await client.invalidateQueries(api.presets.list.queryFilter())
    },
  }
  const activate = useMutation(api.presets.activate.mutationOptions(after))
  const deactivate = useMutation(api.presets.deactivate.mutationOptions(after))
  const { active } = preset
  const act = active && !active.changed ? deactivate : activate
  const submit = (event: FormEvent) => {
    event.preventDefault()
    act.mutate({ preset: preset.id, reason: reason.trim() })
  }
  return (
    <div className={styles.choice}>
      <p>
        {active
          ? t(active.changed ? 'inForceChanged' : 'inForce', {
              since: format.dateTime(active.since),
              reason: active.reason,
              version: String(active.version),
            })
          : t('notInForce')}
      </p>
      {!mayChoose ? null : open ? (
        <form onSubmit={submit}>
          <label htmlFor={id}>{t('reason')}</label>
          <input
            id={id}
            value={reason}
            required
            minLength={SHORTEST}
            maxLength={300}
            onChange={(event) => setReason(event.target.value)}
          />
          {act.error ? (
            <p className={styles.refused} role="alert">
              {t('refused', { why: whyRefused(act.error) })}
            </p>
          ) : null}
          <button
            type="submit"
            className={styles.primary}
            disabled={act.isPending || reason.trim().length < SHORTEST}
          >
            {t(active && !active.changed ? 'deactivate' : 'activate')}
          </button>
          <button type="button" className={styles.button} onClick={() => setOpen(false)}>
            {t('cancel')}
          </button>
        </form>
      ) : (
        <button type="button" className={styles.button} onClick={() => setOpen(true)}>
          {t(active && !active.changed ? 'deactivateOpen' : 'activateOpen')}
        </button>
      )}
    </div>
  )
}
