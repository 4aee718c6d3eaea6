export type Status = 'watch' | 'inspect' | 'danger' | 'good' | 'insufficient'

const COLOUR: Record<Status, string> = {
  watch: 'var(--watch)',
  inspect: 'var(--inspect)',
  danger: 'var(--danger)',
  good: 'var(--good)',
  insufficient: 'var(--ink-3)',
}

interface StatusShapeProps {
  kind: Status
  /** Side of the square in px. */
  size?: number
  /** Read out instead of the shape; leave out where the word stands beside it. */
  label?: string
}

/** The shape that always goes with a status colour. Paths, because the font has no such characters. */
export function StatusShape({ kind, size = 11, label }: StatusShapeProps) {
  return (
    <svg
      role="img"
      aria-label={label}
      aria-hidden={label === undefined}
      width={size}
      height={size}
      viewBox="0 0 12 12"
      style={{ flex: 'none', color: COLOUR[kind], overflow: 'visible' }}
    >
      {shape(kind)}
    </svg>
  )
}

function shape(kind: Status) {
  switch (kind) {
    case 'watch':
      return (
        <path
          d="M6 1.4 11.2 10.6H.8Z"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.5"
          strokeLinejoin="round"
        />
      )
    case 'inspect':
      return <path d="M1 1H11V11H1Z" fill="currentColor" />
    case 'danger':
      return (
        <>
          <circle cx="6" cy="6" r="5.2" fill="none" stroke="currentColor" strokeWidth="1.4" />
          <circle cx="6" cy="6" r="2.8" fill="currentColor" />
        </>
      )
    case 'good':
      return <path d="M6 .2 11.8 6 6 11.8.2 6Z" fill="currentColor" />
    case 'insufficient':
      return (
        <path
          d="M0 6H12"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.5"
          strokeDasharray="3 1.5"
        />
      )
  }
}
