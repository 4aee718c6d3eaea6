import { useTranslation } from 'react-i18next'
import type { Clocks } from '#server/contract/registry-search.ts'
import fields from '#web/ui/field.module.css'
import text from '#web/ui/text.module.css'
import styles from './clock-fields.module.css'

interface ClockFieldsProps {
  clocks: Clocks
  onChange: (clocks: Clocks) => void
}

/** What was true on a day, and what was known on a day; empty is now. */
export function ClockFields({ clocks, onChange }: ClockFieldsProps) {
  const { t } = useTranslation('registry')
  const field = (name: 'asOf' | 'knownAt') => (
    <label className={styles.clock} title={t(`clocks.${name}Why`)}>
      <span>{t(`clocks.${name}`)}</span>
      <input
        type="date"
        className={fields.input}
        value={clocks[name] ?? ''}
        onChange={(event) => onChange({ ...clocks, [name]: event.target.value || undefined })}
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
