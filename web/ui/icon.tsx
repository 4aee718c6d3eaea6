import { ICONS, type IconName } from './icons.ts'

/** Decorative: the word stands beside it or in the label of its button. 18 px, stroke 1.4. */
export function Icon({ name, size = 18 }: { name: IconName; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 18 18"
      fill="none"
      stroke="currentColor"
      strokeWidth={(1.4 * 18) / size}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      style={{ flex: 'none' }}
    >
      <path d={ICONS[name]} />
    </svg>
  )
}
