import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api, queryClient } from '#web/api.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { useRefused } from '#web/lib/use-refused.ts'
import { ActForm, Field, fieldOf } from '#web/ui/act-form.tsx'
import fields from '#web/ui/field.module.css'
import type { Line } from './answers.ts'
import { inputOf, instantOf } from './local-input.ts'

/** Everything that the suspicion knows is filled in: the resource, the houses, the beginning, who usually answers. */
export function DeclareForm({ line, onDone }: { line: Line; onDone: () => void }) {
  const { t } = useTranslation('outages')
  const whyRefused = useRefused()
  const format = useFormat()
  const suppliers = useQuery(api.outages.suppliers.queryOptions())
  const act = useMutation({
    ...api.outages.declare.mutationOptions(),
    onSuccess: async () => {
      await queryClient.invalidateQueries()
      onDone()
    },
  })
  const { houses, silent, resource, since } = line
  const usual = suppliers.data?.find(({ resources }) => resources.includes(resource))
  return (
    <ActForm
      title={t('declare.title')}
      note={t('declare.note')}
      act={t('declare.act')}
      busy={act.isPending}
      refused={whyRefused(act.error)}
      onCancel={onDone}
      onSubmit={(told) => {
        const organization = fieldOf(told, 'organization')
        const cause = fieldOf(told, 'cause')
        const endsAt = instantOf(fieldOf(told, 'endsAt') ?? '', format.zone)
        const all = fieldOf(told, 'houses') === 'all' ? [...houses, ...silent] : houses
        act.mutate({
          suspicion: line.id,
          resource,
          planned: fieldOf(told, 'planned') !== undefined,
          buildings: all.map(({ id }) => id),
          startsAt: instantOf(fieldOf(told, 'startsAt') ?? '', format.zone) ?? since,
          ...(organization && { organization }),
          ...(cause && { cause }),
          ...(endsAt !== null && { endsAt }),
        })
      }}
    >
      <Field label={t('declare.resource')}>
        <output>{t(`resource.${resource}`)}</output>
      </Field>
      <Field label={t('declare.houses')}>
        <select name="houses" defaultValue={silent.length > 0 ? 'all' : 'called'}>
          <option value="called">{t('declare.called', { n: format.number(houses.length) })}</option>
          {silent.length > 0 ? (
            <option value="all">
              {t('declare.all', { n: format.number(houses.length + silent.length) })}
            </option>
          ) : null}
        </select>
      </Field>
      <Field label={t('declare.organization')}>
        <select name="organization" key={usual?.id} defaultValue={usual?.id ?? ''}>
          <option value="">{t('declare.nobody')}</option>
          {suppliers.data?.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </Field>
      <Field label={t('declare.startsAt')}>
        <input
          name="startsAt"
          type="datetime-local"
          required
          defaultValue={inputOf(since, format.zone)}
        />
      </Field>
      <Field label={t('declare.endsAt')}>
        <input name="endsAt" type="datetime-local" />
      </Field>
      <Field label={t('declare.cause')}>
        <input name="cause" maxLength={200} size={30} />
      </Field>
      <label className={fields.check}>
        <input name="planned" type="checkbox" value="yes" />
        {t('declare.planned')}
      </label>
    </ActForm>
  )
}
