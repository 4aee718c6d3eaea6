import type { Clocks } from '#server/contract/registry-search.ts'
import styles from './history.module.css'
import { OrganizationHistory } from './organization-history.tsx'
import { TerritoryPanel } from './territory-panel.tsx'

interface OrganizationInTimeProps {
  organization: string
  clocks: Clocks
  onClocks: (clocks: Clocks) => void
}

/** The part of an organization's page that is asked with both clocks. */
export const OrganizationInTime = (props: OrganizationInTimeProps) => (
  <div className={`${styles.stack} ${styles.inTime}`}>
    <TerritoryPanel {...props} />
    <OrganizationHistory organization={props.organization} clocks={props.clocks} wide />
  </div>
)
