import styles from './segments.module.css'

interface SegmentsProps<T extends string> {
  label: string
  options: readonly { value: T; label: string }[]
  value: T
  onChange: (value: T) => void
  small?: boolean
}

/** One of a few, all of them in sight. */
export function Segments<T extends string>({
  label,
  options,
  value,
  onChange,
  small,
}: SegmentsProps<T>) {
  return (
    <fieldset className={`${styles.segments} ${small ? styles.small : ''}`}>
      <legend className="visually-hidden">{label}</legend>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          aria-pressed={option.value === value}
          onClick={() => onChange(option.value)}
        >
          {option.label}
        </button>
      ))}
    </fieldset>
  )
}
