import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Answer, api, queryClient } from '#web/api.ts'
import { useFormat } from '#web/lib/use-format.ts'
import buttons from '#web/ui/button.module.css'
import { Panel } from '#web/ui/panel.tsx'
import { EmptyState, ErrorState, Skeleton } from '#web/ui/states.tsx'
import { SureButton } from '#web/ui/sure-button.tsx'
import styles from './notices.module.css'
import { RuleForm } from './rule-form.tsx'
import { useRuleWords } from './rule-words.ts'
import { SeverityMark } from './severity-mark.tsx'
import { useSigning } from './who.tsx'

export type Rules = Answer['notices']['rules']
export type Rule = Rules['rules'][number]
const MUTE_HOURS = 8

/** Of what people are told: each rule as a sentence, how it stands, whom it tells. */
export function RulesView() {
  const { t } = useTranslation('notices')
  const [open, setOpen] = useState<string | null>(null)
  const answer = useQuery(api.notices.rules.queryOptions())
  if (answer.isError && !answer.data)
    return (
      <ErrorState
        what={t('failed')}
        todo={t('failedTodo')}
        retry={{ label: t('retry'), run: () => void answer.refetch() }}
      />
    )
  if (!answer.data) return <Skeleton height={360} />
  const close = () => setOpen(null)
  const { rules } = answer.data
  return (
    <Panel
      title={t('view.rules')}
      actions={
        <button type="button" className={buttons.primary} onClick={() => setOpen('new')}>
          {t('rules.add')}
        </button>
      }
    >
      <p className={styles.note}>{t('rules.note')}</p>
      {open === 'new' ? <RuleForm rule={null} known={answer.data} onDone={close} /> : null}
      {rules.length === 0 ? (
        <EmptyState what={t('rules.none')} todo={t('rules.noneTodo')} />
      ) : (
        <ul className={styles.lines}>
          {rules.map((rule) => (
            <li key={rule.id}>
              <RuleRow rule={rule} known={answer.data} onEdit={() => setOpen(rule.id)} />
              {open === rule.id ? (
                <RuleForm rule={rule} known={answer.data} onDone={close} />
              ) : null}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}

function RuleRow({ rule, known, onEdit }: { rule: Rule; known: Rules; onEdit: () => void }) {
  const { t } = useTranslation('notices')
  const format = useFormat()
  const words = useRuleWords()
  const { sign } = useSigning()
  const after = { onSuccess: () => queryClient.invalidateQueries() }
  const pause = useMutation({ ...api.notices.pauseRule.mutationOptions(), ...after })
  const mute = useMutation({ ...api.notices.muteRule.mutationOptions(), ...after })
  const remove = useMutation({ ...api.notices.dropRule.mutationOptions(), ...after })
  const { id, paused, mutedUntil, standing, recipients, changedBy, changedAt } = rule
  const isMuted = mutedUntil !== null && mutedUntil > known.now
  const names = known.recipients
    .filter((one) => recipients.includes(one.id))
    .map(({ name }) => name)
  const refused = pause.error ?? mute.error ?? remove.error
  const state = paused
    ? t('rules.paused')
    : standing > 0
      ? t('rules.standing', { n: format.number(standing) })
      : t('rules.quiet')
  return (
    <div className={styles.line} data-paused={paused || undefined}>
      <span className={styles.mark}>
        <SeverityMark severity={rule.severity} size={15} quiet={standing === 0} />
      </span>
      <div className={styles.said}>
        <p className={styles.title}>
          {rule.name || words.sentence(rule)}
          <span className={styles.severity} data-firing={standing > 0 || undefined}>
            {state}
          </span>
        </p>
        <p className={styles.detail}>
          {[
            ...(rule.name ? [words.sentence(rule)] : []),
            words.where(rule, rule.places),
            ...words.conditions(rule),
            t(`severity.${rule.severity}`),
          ].join(' · ')}
        </p>
        <p className={styles.detail}>
          {[
            names.length > 0 ? t('rules.to', { names: names.join(', ') }) : t('rules.pageOnly'),
            ...(isMuted ? [t('rules.muted', { time: format.when(mutedUntil, known.now) })] : []),
            ...(changedBy === 'domovoi'
              ? []
              : [t('rules.changed', { by: changedBy, time: format.when(changedAt, known.now) })]),
          ].join(' · ')}
        </p>
        {refused ? (
          <p className={styles.refused} role="alert">
            {t('refused', { why: refused.message })}
          </p>
        ) : null}
      </div>
      <div className={styles.act}>
        <button type="button" className={buttons.button} onClick={onEdit}>
          {t('rules.edit')}
        </button>
        <button
          type="button"
          className={buttons.button}
          onClick={() => sign((by) => pause.mutate({ id, paused: !paused, by }))}
        >
          {t(paused ? 'rules.resume' : 'rules.pause')}
        </button>
        {paused || names.length === 0 ? null : (
          <button
            type="button"
            className={buttons.button}
            onClick={() => sign((by) => mute.mutate({ id, hours: isMuted ? 0 : MUTE_HOURS, by }))}
          >
            {isMuted
              ? t('rules.unmute')
              : t('rules.muteFor', { time: format.duration(MUTE_HOURS * 3600) })}
          </button>
        )}
        <SureButton
          label={t('rules.remove')}
          sure={t('rules.removeSure')}
          onSure={() => sign((by) => remove.mutate({ id, by }))}
        />
      </div>
    </div>
  )
}
