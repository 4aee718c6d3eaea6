import type { FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { SCHEMES, type ScreenSetting, USUAL_SETTING } from '#server/contract/screens.ts'
import { inLanguage, LANGUAGES, type Words } from '#server/contract/vocabulary.ts'
import { useFormat } from '#web/lib/use-format.ts'
import buttons from '#web/ui/button.module.css'
import fields from '#web/ui/field.module.css'
import { chosenScenes, SceneOrder } from './scene-order.tsx'
import styles from './screens.module.css'

interface Called {
  name: string
  setting: ScreenSetting
}

interface ScreenFormProps {
  label: string
  act: string
  called: Called
  /** The code that the screen shows is asked for too. */
  withCode?: boolean
  districts: readonly { id: string; name: Words }[]
  busy: boolean
  refused: string | undefined
  onSubmit: (called: Called & { code: string }) => void
  onCancel?: () => void
}

/** What a screen is called and what it shows. */
export function ScreenForm(props: ScreenFormProps) {
  const { t } = useTranslation('screens')
  const { language } = useFormat()
  const { name, setting } = props.called
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const data = new FormData(event.currentTarget)
    const text = (field: string) => String(data.get(field) ?? '').trim()
    const scenes = chosenScenes(data)
    const languages = LANGUAGES.filter((one) => data.getAll('languages').includes(one))
    props.onSubmit({
      code: text('code'),
      name: text('name'),
      setting: {
        scenes: scenes.length > 0 ? scenes : USUAL_SETTING.scenes,
        district: text('district') || null,
        languages: languages.length > 0 ? languages : USUAL_SETTING.languages,
        scheme: SCHEMES.find((known) => known === text('scheme')) ?? USUAL_SETTING.scheme,
      },
    })
  }
  return (
    <form className={styles.form} aria-label={props.label} onSubmit={submit}>
      {props.withCode ? (
        <label className={fields.field}>
          {t('form.code')}
          <input
            name="code"
            required
            inputMode="numeric"
            autoComplete="off"
            pattern="\d{3}\s?\d{3}"
            maxLength={7}
            className={styles.code}
            onInvalid={({ currentTarget }) => currentTarget.setCustomValidity(t('form.codeWrong'))}
            onInput={({ currentTarget }) => currentTarget.setCustomValidity('')}
          />
        </label>
      ) : null}
      <label className={fields.field}>
        {t('form.name')}
        <input name="name" required maxLength={80} defaultValue={name} autoComplete="off" />
      </label>
      <SceneOrder turns={setting.scenes} />
      <label className={fields.field}>
        {t('form.district')}
        <select name="district" defaultValue={setting.district ?? ''}>
          <option value="">{t('form.wholeCity')}</option>
          {props.districts.map(({ id, name }) => (
            <option key={id} value={id}>
              {inLanguage(name, language)}
            </option>
          ))}
        </select>
      </label>
      <fieldset className={styles.choices}>
        <legend>{t('form.languages')}</legend>
        {LANGUAGES.map((one) => (
          <label key={one} className={fields.check}>
            <input
              type="checkbox"
              name="languages"
              value={one}
              defaultChecked={setting.languages.includes(one)}
            />
            {t(`language.${one}`)}
          </label>
        ))}
      </fieldset>
      <label className={fields.field}>
        {t('form.scheme')}
        <select name="scheme" defaultValue={setting.scheme}>
          {SCHEMES.map((scheme) => (
            <option key={scheme} value={scheme}>
              {t(`scheme.${scheme}`)}
            </option>
          ))}
        </select>
      </label>
      {props.refused ? (
        <p className={styles.refused} role="alert">
          {props.refused}
        </p>
      ) : null}
      <p className={styles.buttons}>
        <button type="submit" className={buttons.primary} disabled={props.busy}>
          {props.act}
        </button>
        {props.onCancel ? (
          <button type="button" className={buttons.button} onClick={props.onCancel}>
            {t('cancel')}
          </button>
        ) : null}
      </p>
    </form>
  )
}
