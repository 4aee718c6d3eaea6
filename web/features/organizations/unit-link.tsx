import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { OrganizationSearch, UnitKind } from '#server/contract/organizations.ts'

interface UnitLinkProps {
  unit: UnitKind
  id: string
  search?: Partial<OrganizationSearch>
  className?: string | undefined
  title?: string
  children: ReactNode
}

/** To the page of an organization, a contractor or a district. */
export function UnitLink({ unit, id, search = {}, children, ...rest }: UnitLinkProps) {
  return unit === 'district' ? (
    <Link to="/districts/$district" params={{ district: id }} search={search} {...rest}>
      {children}
    </Link>
  ) : (
    <Link to="/organizations/$organization" params={{ organization: id }} search={search} {...rest}>
      {children}
    </Link>
  )
}
