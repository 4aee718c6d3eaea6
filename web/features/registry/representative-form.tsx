import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { REPRESENTATIVE_ROLES, type RepresentativeRole } from '#server/contract/vocabulary.ts'
import { api, queryClient } from '#web/api.ts'
import { useRefused } from '#web/lib/use-refused.ts'
import { ActForm, Field, fieldOf } from '#web/ui/act-form.tsx'

/** The name goes where it can be erased; the register keeps the role and the consent. */
export function RepresentativeForm({ building, onDone }: { building: string; onDone: () => void }) {
  const { t } = useTranslation('registry')
  const whyRefused = useRefused()
  const act = useMutation({
    ...api.registry.nameRepresentative.mutationOptions(),
    gcTime: 0,
    onSuccess: async () => {
      await queryClient.invalidateQueries()
      onDone()
    },
  })
  return (
    <ActForm
      title={t('representatives.add')}
      note={t('representatives.formNote')}
      act={t('representatives.act')}
      busy={act.isPending}
      refused={whyRefused(act.error)}
      onCancel={onDone}
      onSubmit={(fields) => {
        const phone = fieldOf(fields, 'phone')
        act.mutate({
          building,
          name: fieldOf(fields, 'name') ?? '',
          ...(phone && { phone }),
          role: (fieldOf(fields, 'role') ?? 'chair') as RepresentativeRole,
          consent: fields.get('consent') === 'on',
        })
      }}
    >
      <Field label={t('representatives.name')}>
        <input name="name" required maxLength={200} autoComplete="off" />
      </Field>
      <Field label={t('representatives.phone')}>
        <input name="phone" type="tel" maxLength={40} autoComplete="off" />
      </Field>
      <Field label={t('representatives.role')}>
        <select name="role">
          {REPRESENTATIVE_ROLES.map((role) => (
            <option key={role} value={role}>
              {t(`role.${role}`)}
            </option>
          ))}
        </select>
      </Field>
      <Field label={t('representatives.consentAsk')}>
        <input name="consent" type="checkbox" />
      </Field>
    </ActForm>
  )
}
