import { ChooseNamed } from '#web/choose-named.tsx'
import type { Offer } from '#web/ui/choose.tsx'
import fields from '#web/ui/field.module.css'

interface OrganizationFieldProps {
  label: string
  chosen: Offer | null
  onChoose: (offer: Offer | null) => void
  required?: boolean
  focus?: boolean
}

/** An organization is named by what it is called. */
export function OrganizationField({ label, ...choice }: OrganizationFieldProps) {
  return (
    <div className={fields.field}>
      <span aria-hidden="true">{label}</span>
      <ChooseNamed of="organizations" label={label} {...choice} />
    </div>
  )
}
