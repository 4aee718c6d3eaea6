import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FLAG_DECISIONS, type FlagDecision, REPLY_MAX } from '#server/contract/flags.ts'
import { type Answer, api } from '#web/api.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { useRefused } from '#web/lib/use-refused.ts'
import { Panel } from '#web/ui/panel.tsx'
import { Skeleton } from '#web/ui/states.tsx'
import styles from './course.module.css'
import { Said } from './said-form.tsx'

type Step = Answer['dossier']['course']['steps'][number]

/** What was said of the organization by this measure, what it answered, what was decided; and the forms that go on with it. */
export function CoursePanel({ flag }: { flag: string }) {
  const { t } = useTranslation('flags')
  const answer = useQuery(api.dossier.course.queryOptions({ flag }))
  if (!answer.data) return <Skeleton height={180} />
  const { steps, standing, mayDecide } = answer.data
  return (
    <Panel title={t('course.title')}>
      {steps.length === 0 ? (
        <p className={styles.quiet}>{t('course.none')}</p>
      ) : (
        <ol className={styles.course}>
          {steps.map((step) => (
            <StepLine key={step.seq} step={step} />
          ))}
        </ol>
      )}
      {standing ? <Forms flag={flag} mayDecide={mayDecide} seen={steps.at(-1)?.seq ?? 0} /> : null}
    </Panel>
  )
}

function StepLine({ step }: { step: Step }) {
  const { t } = useTranslation('flags')
  const format = useFormat()
  const what =
    step.kind === 'decided'
      ? t(`course.decided.${step.decision}`)
      : step.kind === 'replied'
        ? t('course.replied')
        : step.kind === 'withdrawn'
          ? t(`course.withdrawn.${step.why ?? 'calm'}`, { policy: String(step.policy) })
          : t(`course.${step.kind}`, { policy: String(step.policy) })
  const text = step.kind === 'replied' ? step.text : step.kind === 'decided' ? step.reason : null
  const path = 'level' in step && step.level ? t(`course.path.${step.level}`) : null
  return (
    <li data-kind={step.kind}>
      <time dateTime={new Date(step.at).toISOString()}>{format.dateTime(step.at)}</time>
      <strong>{what}</strong>
      {path ? <span className={styles.quiet}>{path}</span> : null}
      {'afterwards' in step && step.afterwards ? (
        <span className={styles.quiet}>{t('course.afterwards')}</span>
      ) : null}
      {text ? <p>{text}</p> : null}
    </li>
  )
}

/** `seen`: number of the last step shown; who decides upon an older course is refused and shown the new one. */
function Forms({ flag, mayDecide, seen }: { flag: string; mayDecide: boolean; seen: number }) {
  const { t } = useTranslation('flags')
  const whyRefused = useRefused()
  const [open, setOpen] = useState<'reply' | 'decide' | null>(null)
  const [decision, setDecision] = useState<FlagDecision>('inspection')
  const client = useQueryClient()
  const after = {
    onSuccess: () => setOpen(null),
    onSettled: async () => {
      void client.invalidateQueries(api.dossier.told.queryFilter())
      void client.invalidateQueries(api.flags.pathFilter())
      void client.invalidateQueries(api.organizations.comparison.queryFilter())
      await client.invalidateQueries(api.dossier.course.queryFilter({ flag }))
    },
  }
  const reply = useMutation(api.dossier.reply.mutationOptions(after))
  const decide = useMutation(api.dossier.decide.mutationOptions(after))
  if (open === 'reply')
    return (
      <Said
        title={t('course.reply.title')}
        label={t('course.reply.label')}
        note={t('course.reply.note')}
        act={t('course.reply.act')}
        longest={REPLY_MAX}
        busy={reply.isPending}
        refused={whyRefused(reply.error)}
        onSubmit={(text) => reply.mutate({ flag, text })}
        onCancel={() => setOpen(null)}
      />
    )
  if (open === 'decide')
    return (
      <Said
        title={t('course.decide.title')}
        label={t('course.decide.label')}
        note={t(`course.decide.note.${decision}`)}
        act={t('course.decide.act')}
        longest={300}
        busy={decide.isPending}
        refused={whyRefused(decide.error)}
        onSubmit={(reason) => decide.mutate({ flag, decision, reason, seen })}
        onCancel={() => setOpen(null)}
      >
        <fieldset className={styles.choices}>
          <legend className="visually-hidden">{t('course.decide.title')}</legend>
          {FLAG_DECISIONS.map((one) => (
            <label key={one}>
              <input
                type="radio"
                name="decision"
                value={one}
                checked={decision === one}
                onChange={() => setDecision(one)}
              />
              {t(`course.decide.choice.${one}`)}
            </label>
          ))}
        </fieldset>
      </Said>
    )
  return (
    <p className={styles.buttons}>
      <button type="button" className={styles.button} onClick={() => setOpen('reply')}>
        {t('course.reply.open')}
      </button>
      {mayDecide ? (
        <button type="button" className={styles.button} onClick={() => setOpen('decide')}>
          {t('course.decide.open')}
        </button>
      ) : null}
    </p>
  )
}
