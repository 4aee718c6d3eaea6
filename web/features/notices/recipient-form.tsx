import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  NOTICE_CHANNELS,
  type NoticeChannel,
  type RecipientDraft,
} from '#server/contract/notices.ts'
import { LANGUAGES } from '#server/contract/vocabulary.ts'
import { api, queryClient } from '#web/api.ts'
import { useRefused } from '#web/lib/use-refused.ts'
import buttons from '#web/ui/button.module.css'
import fields from '#web/ui/field.module.css'
import forms from './form.module.css'
import styles from './notices.module.css'
import type { Recipient, Recipients } from './recipients-view.tsx'
import { useSigning } from './who.tsx'

const NIGHT = { from: '22:00', to: '07:00' }
const FIRST: RecipientDraft = {
  ...{ name: '', channel: 'email', address: '', language: 'ru', quiet: null, dangerAnyway: true },
  ...{ waitSeconds: 30, intervalMinutes: 5, repeatMinutes: 240, tellsOver: true },
}
/** An address that is masked here is not sent back: empty means that it stays. */
const draftOf = (recipient: Recipient | null): RecipientDraft => {
  if (!recipient) return FIRST
  const { id: _, ...draft } = recipient
  return { ...draft, address: '' }
}

interface RecipientFormProps {
  recipient: Recipient | null
  known: Recipients
  onDone: () => void
}

/** Who is told, where, in which language and when. */
export function RecipientForm({ recipient, known, onDone }: RecipientFormProps) {
  const { t } = useTranslation('notices')
  const whyRefused = useRefused()
  const { sign } = useSigning()
  const [draft, setDraft] = useState(() => draftOf(recipient))
  const save = useMutation({
    ...api.notices.saveRecipient.mutationOptions(),
    onSuccess: async () => {
      await queryClient.invalidateQueries()
      onDone()
    },
  })
  const change = (some: Partial<RecipientDraft>) => setDraft({ ...draft, ...some })
  const { channel, quiet } = draft
  const keeps = recipient !== null && recipient.channel === channel
  const submit = (event: FormEvent) => {
    event.preventDefault()
    sign((by) => save.mutate({ id: recipient?.id ?? null, draft, by }))
  }
  const number = (
    field: 'waitSeconds' | 'intervalMinutes' | 'repeatMinutes',
    label: string,
    [least, most]: readonly [number, number],
  ) => (
    <label className={fields.field}>
      {label}
      <input
        type="number"
        required
        min={least}
        max={most}
        value={draft[field]}
        onChange={(event) => change({ [field]: Number(event.target.value) })}
      />
    </label>
  )
  const check = (field: 'dangerAnyway' | 'tellsOver', label: string) => (
    <label className={fields.check}>
      <input
        type="checkbox"
        checked={draft[field]}
        onChange={(event) => change({ [field]: event.target.checked })}
      />
      {label}
    </label>
  )
  const note =
    channel === 'webhook'
      ? known.hosts.length > 0
        ? t('recipient.hosts', { hosts: known.hosts.join(', ') })
        : t('recipient.noHosts')
      : known.ways[channel]
        ? null
        : `${t('recipients.unset')} ${t(`setUp.${channel}`)}`
  return (
    <form
      className={forms.form}
      onSubmit={submit}
      aria-label={t(recipient ? 'recipient.change' : 'recipient.create')}
    >
      <div className={forms.fields}>
        <label className={`${fields.field} ${forms.wide}`}>
          {t('recipient.name')}
          <input
            required
            value={draft.name}
            maxLength={80}
            autoComplete="off"
            onChange={(event) => change({ name: event.target.value })}
          />
        </label>
        <label className={fields.field}>
          {t('recipient.channel')}
          <select
            value={channel}
            onChange={(event) => change({ channel: event.target.value as NoticeChannel })}
          >
            {NOTICE_CHANNELS.map((one) => (
              <option key={one} value={one}>
                {t(`channel.${one}`)}
              </option>
            ))}
          </select>
        </label>
        <label className={`${fields.field} ${forms.wide}`}>
          {t(`recipient.address.${channel}`)}
          <input
            required={!keeps}
            type={channel === 'email' ? 'email' : channel === 'webhook' ? 'url' : 'text'}
            value={draft.address}
            maxLength={300}
            placeholder={keeps ? recipient.address : undefined}
            autoComplete="off"
            onChange={(event) => change({ address: event.target.value })}
          />
        </label>
        <label className={fields.field}>
          {t('recipient.language')}
          <select
            value={draft.language}
            onChange={(event) =>
              change({ language: LANGUAGES.find((one) => one === event.target.value) ?? 'ru' })
            }
          >
            {LANGUAGES.map((one) => (
              <option key={one} value={one}>
                {t(`language.${one}`)}
              </option>
            ))}
          </select>
        </label>
      </div>
      {note || keeps ? (
        <p className={styles.note}>
          {[note, keeps ? t('recipient.keep') : null].filter(Boolean).join(' ')}
        </p>
      ) : null}
      <fieldset className={forms.choices}>
        <legend className="visually-hidden">{t('recipient.quiet')}</legend>
        <label className={fields.check}>
          <input
            type="checkbox"
            checked={quiet !== null}
            onChange={(event) => change({ quiet: event.target.checked ? NIGHT : null })}
          />
          {t('recipient.quiet')}
        </label>
        {quiet ? (
          <>
            {(['from', 'to'] as const).map((end) => (
              <label key={end} className={fields.check}>
                {t(`recipient.${end}`)}
                <input
                  type="time"
                  required
                  className={forms.clock}
                  value={quiet[end]}
                  onChange={(event) => change({ quiet: { ...quiet, [end]: event.target.value } })}
                />
              </label>
            ))}
            {check('dangerAnyway', t('recipient.dangerAnyway'))}
          </>
        ) : null}
      </fieldset>
      <div className={forms.fields}>
        {number('waitSeconds', t('recipient.wait'), [0, 3600])}
        {number('intervalMinutes', t('recipient.interval'), [1, 1440])}
        {number('repeatMinutes', t('recipient.repeat'), [0, 10_080])}
      </div>
      <p>{check('tellsOver', t('recipient.tellsOver'))}</p>
      {save.error ? (
        <p className={styles.refused} role="alert">
          {t('refused', { why: whyRefused(save.error) })}
        </p>
      ) : null}
      <p className={forms.buttons}>
        <button type="submit" className={buttons.primary} disabled={save.isPending}>
          {t('form.save')}
        </button>
        <button type="button" className={buttons.button} onClick={onDone}>
          {t('form.cancel')}
        </button>
      </p>
    </form>
  )
}
