import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  NOTICE_KINDS,
  type NoticeKind,
  RECOVERS,
  type RuleDraft,
  SCOPES_OF,
  type ScopeOf,
  SEVERITIES,
} from '#server/contract/notices.ts'
import { inLanguage } from '#server/contract/vocabulary.ts'
import { api, queryClient } from '#web/api.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { useRefused } from '#web/lib/use-refused.ts'
import buttons from '#web/ui/button.module.css'
import fields from '#web/ui/field.module.css'
import forms from './form.module.css'
import styles from './notices.module.css'
import { RulePreview } from './rule-preview.tsx'
import type { Rule, Rules } from './rules-view.tsx'
import { useNoticeTexts } from './use-texts.ts'
import { useSigning } from './who.tsx'

const FIRST: RuleDraft = {
  ...{ name: '', kind: 'emergencyOpen', scope: { of: 'city', ids: [] } },
  ...{ threshold: 20, recovery: 15, holdMinutes: 10, severity: 'watch', recipients: [] },
}
/** A beginning for each thing that can be watched. */
const BEGINS: Record<NoticeKind, Pick<RuleDraft, 'threshold' | 'recovery' | 'holdMinutes'>> = {
  emergencyOpen: { threshold: 20, recovery: 15, holdMinutes: 10 },
  emergencyAge: { threshold: 120, recovery: 120, holdMinutes: 0 },
  outageSuspected: { threshold: 3, recovery: 3, holdMinutes: 0 },
  sourceSilent: { threshold: 30, recovery: 30, holdMinutes: 0 },
  overdueGrowth: { threshold: 20, recovery: 10, holdMinutes: 30 },
  openAboveUsual: { threshold: 20, recovery: 10, holdMinutes: 60 },
}

const draftOf = (rule: Rule | null): RuleDraft => {
  if (!rule) return FIRST
  const { name, kind, scope, threshold, recovery, holdMinutes, severity, recipients } = rule
  return { name, kind, scope, threshold, recovery, holdMinutes, severity, recipients }
}

interface RuleFormProps {
  rule: Rule | null
  known: Rules
  onDone: () => void
}

/** A rule, and how often it would have fired. */
export function RuleForm({ rule, known, onDone }: RuleFormProps) {
  const { t } = useTranslation('notices')
  const whyRefused = useRefused()
  const { words } = useNoticeTexts()
  const { sign } = useSigning()
  const format = useFormat()
  const id = useId()
  const recovery = useRef<HTMLInputElement>(null)
  const [draft, setDraft] = useState(() => draftOf(rule))
  const save = useMutation({
    ...api.notices.saveRule.mutationOptions(),
    onSuccess: async () => {
      await queryClient.invalidateQueries()
      onDone()
    },
  })
  const change = (some: Partial<RuleDraft>) => setDraft({ ...draft, ...some })
  const { kind, scope, threshold } = draft
  // What cannot recover apart is over when what it tells of is.
  const told = { ...draft, recovery: RECOVERS[kind] ? draft.recovery : threshold }
  const above = told.recovery > threshold
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (above) return recovery.current?.focus()
    sign((by) => save.mutate({ id: rule?.id ?? null, draft: told, by }))
  }
  const choose = (next: NoticeKind) => {
    const scopes: readonly ScopeOf[] = SCOPES_OF[next]
    const fits = scopes.includes(scope.of)
    change({ kind: next, ...BEGINS[next], scope: fits ? scope : { of: 'city', ids: [] } })
  }
  const number = (field: 'threshold' | 'recovery' | 'holdMinutes', label: string, most: number) => (
    <label className={fields.field}>
      {label}
      <input
        type="number"
        required
        min={field === 'threshold' ? 1 : 0}
        max={most}
        {...(field === 'recovery' && {
          ref: recovery,
          'aria-invalid': above,
          'aria-describedby': above ? `${id}above` : undefined,
        })}
        value={draft[field]}
        onChange={(event) => change({ [field]: Number(event.target.value) })}
      />
      {field === 'recovery' && above ? (
        <span id={`${id}above`} className={styles.refused} role="alert">
          {t('form.recoveryAbove', { n: format.number(threshold) })}
        </span>
      ) : null}
    </label>
  )
  return (
    <form
      className={forms.form}
      onSubmit={submit}
      aria-label={t(rule ? 'form.change' : 'form.create')}
    >
      <div className={forms.fields}>
        <label className={fields.field}>
          {t('form.kind')}
          <select value={kind} onChange={(event) => choose(event.target.value as NoticeKind)}>
            {NOTICE_KINDS.map((one) => (
              <option key={one} value={one}>
                {words.kind[one]}
              </option>
            ))}
          </select>
        </label>
        {number('threshold', t(`form.threshold.${kind}`), 100_000)}
        {RECOVERS[kind] ? number('recovery', t('form.recovery'), 100_000) : null}
        {number('holdMinutes', t('form.hold'), 1440)}
        <label className={fields.field}>
          {t('form.severity')}
          <select
            value={draft.severity}
            onChange={(event) =>
              change({ severity: SEVERITIES.find((one) => one === event.target.value) ?? 'watch' })
            }
          >
            {SEVERITIES.map((one) => (
              <option key={one} value={one}>
                {t(`severity.${one}`)}
              </option>
            ))}
          </select>
        </label>
        <label className={`${fields.field} ${forms.wide}`}>
          {t('form.name')}
          <input
            value={draft.name}
            maxLength={80}
            autoComplete="off"
            onChange={(event) => change({ name: event.target.value })}
          />
        </label>
      </div>
      <Scope draft={draft} known={known} onChange={(next) => change({ scope: next })} />
      <Checks
        legend={t('form.recipients')}
        all={known.recipients}
        chosen={draft.recipients}
        empty={t('form.noRecipients')}
        onChange={(recipients) => change({ recipients })}
      />
      <RulePreview draft={told} />
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

interface ScopeProps {
  draft: RuleDraft
  known: Rules
  onChange: (scope: RuleDraft['scope']) => void
}

function Scope({ draft: { kind, scope }, known, onChange }: ScopeProps) {
  const { t } = useTranslation('notices')
  const format = useFormat()
  const scopes: readonly ScopeOf[] = SCOPES_OF[kind]
  if (scopes.length < 2) return null
  return (
    <>
      <fieldset className={forms.choices}>
        <legend>{t('form.scope')}</legend>
        {scopes.map((of) => (
          <label key={of} className={fields.check}>
            <input
              type="radio"
              name="scope"
              checked={scope.of === of}
              onChange={() => onChange({ of, ids: [] })}
            />
            {t(`form.${of}`)}
          </label>
        ))}
      </fieldset>
      {scope.of === 'district' ? (
        <Checks
          legend={t('form.all')}
          all={known.districts.map(({ id, name }) => ({
            id,
            name: inLanguage(name, format.language) || id,
          }))}
          chosen={scope.ids}
          empty={t('form.all')}
          onChange={(ids) => onChange({ of: 'district', ids })}
        />
      ) : null}
      {scope.of === 'organization' ? (
        <p className={styles.note}>{t('form.allOrganizations')}</p>
      ) : null}
    </>
  )
}

interface ChecksProps {
  legend: string
  all: readonly { id: string; name: string }[]
  chosen: readonly string[]
  empty: string
  onChange: (ids: string[]) => void
}

function Checks({ legend, all, chosen, empty, onChange }: ChecksProps) {
  return (
    <fieldset className={forms.choices}>
      <legend>{legend}</legend>
      {all.length === 0 ? <p className={styles.note}>{empty}</p> : null}
      {all.map(({ id, name }) => (
        <label key={id} className={fields.check}>
          <input
            type="checkbox"
            checked={chosen.includes(id)}
            onChange={(event) =>
              onChange(
                event.target.checked ? [...chosen, id] : chosen.filter((other) => other !== id),
              )
            }
          />
          {name}
        </label>
      ))}
    </fieldset>
  )
}
