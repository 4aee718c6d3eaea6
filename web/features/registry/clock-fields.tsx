import { useTranslation } from 'react-i18next'
import type { Clocks } from '#server/contract/registry-search.ts'
import { DayInput } from '#web/ui/day-input.tsx'
import text from '#web/ui/text.module.css'
import styles from './clock-fields.module.css'

interface ClockFieldsProps {
  clocks: Clocks
  onChange: (clocks: Clocks) => void
}

/** What was true then, and what was known then: a day, to its end, or a minute; empty is now. */
export function ClockFields({ clocks, onChange }: ClockFieldsProps) {
  const { t } = useTranslation('registry')
  const field = (name: 'asOf' | 'knownAt') => (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is the child
    <label className={styles.clock} title={t(`clocks.${name}Why`)}>
      <span>{t(`clocks.${name}`)}</span>
      <DayInput
        time
        value={clocks[name] ?? ''}
        onChange={(value) => onChange({ ...clocks, [name]: value || undefined })}
      />
    </label>
  )
  return (
    <fieldset className={styles.clocks}>
      <legend className="visually-hidden">{t('clocks.label')}</legend>
      {field('asOf')}
      {field('knownAt')}
      {clocks.asOf || clocks.knownAt ? (
        <button
          type="button"
          className={text.link}
          onClick={() => onChange({ asOf: undefined, knownAt: undefined })}
        >
          {t('clocks.now')}
        </button>
      ) : null}
    </fieldset>
  )
}
