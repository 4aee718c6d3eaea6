import type { Severity } from '#server/contract/notices.ts'
import { StatusShape } from '#web/ui/status-shape.tsx'

/** Red with a ring for people in danger, a triangle for what wants a look; what is merely told has no colour. */
export function SeverityMark({
  severity,
  size = 13,
  quiet = false,
}: {
  severity: Severity
  size?: number
  /** Nothing has happened: the shape without its colour. */
  quiet?: boolean
}) {
  if (quiet)
    return (
      <span style={{ filter: 'grayscale(1)', opacity: 0.55 }}>
        <SeverityMark severity={severity} size={size} />
      </span>
    )
  if (severity === 'danger') return <StatusShape kind="danger" size={size} />
  if (severity === 'watch') return <StatusShape kind="watch" size={size} />
  return (
    <svg width={size} height={size} viewBox="0 0 12 12" aria-hidden="true" style={{ flex: 'none' }}>
      <circle cx="6" cy="6" r="3" fill="none" stroke="var(--ink-3)" strokeWidth="1.5" />
    </svg>
  )
}
