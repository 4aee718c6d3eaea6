import type { Severity } from '#server/contract/notices.ts'
import { StatusShape } from '#web/ui/status-shape.tsx'

/** Red with a ring for people in danger, a triangle for what wants a look; what is merely told has no colour. */
export function SeverityMark({ severity, size = 13 }: { severity: Severity; size?: number }) {
  if (severity === 'danger') return <StatusShape kind="danger" size={size} />
  if (severity === 'watch') return <StatusShape kind="watch" size={size} />
  return (
    <svg width={size} height={size} viewBox="0 0 12 12" aria-hidden="true" style={{ flex: 'none' }}>
      <circle cx="6" cy="6" r="3" fill="none" stroke="var(--ink-3)" strokeWidth="1.5" />
    </svg>
  )
}
