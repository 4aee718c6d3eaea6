import type { FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import {
  SCENES,
  SCHEMES,
  type SceneName,
  type ScreenSetting,
  USUAL_SETTING,
} from '#server/contract/screens.ts'
import { LANGUAGES } from '#server/contract/vocabulary.ts'
import buttons from '#web/ui/button.module.css'
import fields from '#web/ui/field.module.css'
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
  busy: boolean
  refused: string | undefined
  onSubmit: (called: Called & { code: string }) => void
  onCancel?: () => void
}

/** What a screen is called and what it shows. The order of scenes is that of the wall; those that are not chosen are passed over. */
export function ScreenForm(props: ScreenFormProps) {
  const { t } = useTranslation('screens')
  const { name, setting } = props.called
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const data = new FormData(event.currentTarget)
    const text = (field: string) => String(data.get(field) ?? '').trim()
    const chosen = <T extends string>(field: string, known: readonly T[]) =>
      known.filter((one) => data.getAll(field).includes(one))
    const scenes: SceneName[] = chosen('scenes', SCENES)
    const languages = chosen('languages', LANGUAGES)
    props.onSubmit({
      code: text('code'),
      name: text('name'),
      setting: {
        scenes: scenes.length > 0 ? scenes : USUAL_SETTING.scenes,
        seconds: Number(text('seconds')),
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
          />
        </label>
      ) : null}
      <label className={fields.field}>
        {t('form.name')}
        <input name="name" required maxLength={80} defaultValue={name} autoComplete="off" />
      </label>
      <Choices name="scenes" all={SCENES} chosen={setting.scenes} words="scene" />
      <Choices name="languages" all={LANGUAGES} chosen={setting.languages} words="language" />
      <label className={fields.field}>
        {t('form.seconds')}
        <input
          name="seconds"
          type="number"
          min={5}
          max={3600}
          required
          defaultValue={setting.seconds}
        />
      </label>
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

interface ChoicesProps<T extends SceneName | (typeof LANGUAGES)[number]> {
  name: 'scenes' | 'languages'
  all: readonly T[]
  chosen: readonly T[]
  words: T extends SceneName ? 'scene' : 'language'
}

function Choices<T extends SceneName | (typeof LANGUAGES)[number]>({
  name,
  all,
  chosen,
  words,
}: ChoicesProps<T>) {
  const { t } = useTranslation('screens')
  return (
    <fieldset className={styles.choices}>
      <legend>{t(`form.${name}`)}</legend>
      {all.map((one) => (
        <label key={one} className={fields.check}>
          <input type="checkbox" name={name} value={one} defaultChecked={chosen.includes(one)} />
          {/* The key is made of two lists that are typed apart. */}
          {t(`${words}.${one}` as 'scene.city')}
        </label>
      ))}
    </fieldset>
  )
}
