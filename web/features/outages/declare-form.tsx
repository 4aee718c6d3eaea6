import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { RESOURCES, type Resource } from '#server/contract/vocabulary.ts'
import { api, queryClient } from '#web/api.ts'
import { useFormat } from '#web/lib/use-format.ts'
import fields from '#web/ui/field.module.css'
import { ActForm, textOf } from './act-form.tsx'
import type { Line } from './answers.ts'
import { inputOf, instantOf } from './local-input.ts'

/** Everything that the suspicion knows is filled in: the resource, the houses, the beginning, who usually answers. */
export function DeclareForm({ line, onDone }: { line: Line; onDone: () => void }) {
  const { t } = useTranslation('outages')
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
      refused={act.error?.message}
      onCancel={onDone}
      onSubmit={(told) => {
        const organization = textOf(told, 'organization')
        const cause = textOf(told, 'cause')
        const endsAt = instantOf(textOf(told, 'endsAt'), format.zone)
        const all = textOf(told, 'houses') === 'all' ? [...houses, ...silent] : houses
        act.mutate({
          suspicion: line.id,
          resource: textOf(told, 'resource') as Resource,
          planned: textOf(told, 'planned') !== '',
          buildings: all.map(({ id }) => id),
          startsAt: instantOf(textOf(told, 'startsAt'), format.zone) ?? since,
          ...(organization && { organization }),
          ...(cause && { cause }),
          ...(endsAt !== null && { endsAt }),
        })
      }}
    >
      <label className={fields.field}>
        <span>{t('declare.resource')}</span>
        <select name="resource" defaultValue={resource}>
          {RESOURCES.map((known) => (
            <option key={known} value={known}>
              {t(`resource.${known}`)}
            </option>
          ))}
        </select>
      </label>
      <label className={fields.field}>
        <span>{t('declare.houses')}</span>
        <select name="houses" defaultValue={silent.length > 0 ? 'all' : 'called'}>
          <option value="called">{t('declare.called', { n: format.number(houses.length) })}</option>
          {silent.length > 0 ? (
            <option value="all">
              {t('declare.all', { n: format.number(houses.length + silent.length) })}
            </option>
          ) : null}
        </select>
      </label>
      <label className={fields.field}>
        <span>{t('declare.organization')}</span>
        <select name="organization" key={usual?.id} defaultValue={usual?.id ?? ''}>
          <option value="">{t('declare.nobody')}</option>
          {suppliers.data?.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label className={fields.field}>
        <span>{t('declare.startsAt')}</span>
        <input
          name="startsAt"
          type="datetime-local"
          required
          defaultValue={inputOf(since, format.zone)}
        />
      </label>
      <label className={fields.field}>
        <span>{t('declare.endsAt')}</span>
        <input name="endsAt" type="datetime-local" />
      </label>
      <label className={fields.field}>
        <span>{t('declare.cause')}</span>
        <input name="cause" maxLength={200} size={30} />
      </label>
      <label className={fields.check}>
        <input name="planned" type="checkbox" value="yes" />
        {t('declare.planned')}
      </label>
    </ActForm>
  )
}
