import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { SCENES, type SceneName, type SceneTurn, USUAL_SECONDS } from '#server/contract/screens.ts'
import fields from '#web/ui/field.module.css'
import styles from './screens.module.css'

interface Choice extends SceneTurn {
  key: number
  chosen: boolean
}

const choicesOf = (turns: readonly SceneTurn[]): Choice[] => {
  const rest = SCENES.filter((name) => !turns.some(({ scene }) => scene === name))
  return [
    ...turns.map((turn) => ({ ...turn, chosen: true })),
    ...rest.map((scene) => ({ scene, seconds: USUAL_SECONDS, chosen: false })),
  ].map((choice, key) => ({ ...choice, key }))
}

/** Which scenes stand, in which order and how long each. The chosen ones are fields of the form: `scenes` and `seconds <scene>`. */
export function SceneOrder({ turns }: { turns: readonly SceneTurn[] }) {
  const { t } = useTranslation('screens')
  const [choices, setChoices] = useState(() => choicesOf(turns))
  const change = (key: number, changed: Partial<Choice>) =>
    setChoices(choices.map((choice) => (choice.key === key ? { ...choice, ...changed } : choice)))
  const move = (from: number, to: number) => {
    const moved = [...choices]
    moved.splice(to, 0, ...moved.splice(from, 1))
    setChoices(moved)
  }
  const name = (scene: SceneName) => t(`scene.${scene}`)
  return (
    <fieldset className={styles.scenes}>
      <legend>{t('form.scenes')}</legend>
      {choices.map(({ key, scene, seconds, chosen }, at) => (
        <div key={key} className={styles.scene}>
          <label className={fields.check}>
            <input
              type="checkbox"
              name="scenes"
              value={`${scene} ${seconds}`}
              checked={chosen}
              onChange={(event) => change(key, { chosen: event.target.checked })}
            />
            {name(scene)}
          </label>
          <input
            type="number"
            min={5}
            max={3600}
            required
            disabled={!chosen}
            aria-label={t('form.seconds', { scene: name(scene) })}
            defaultValue={seconds}
            onChange={(event) => {
              const typed = event.target.valueAsNumber
              if (Number.isInteger(typed)) change(key, { seconds: typed })
            }}
          />
          <span aria-hidden="true">{t('secondsUnit')}</span>
          <Move
            label={t('form.earlier', { scene: name(scene) })}
            path="M4 10L8 6L12 10"
            disabled={at === 0}
            onClick={() => move(at, at - 1)}
          />
          <Move
            label={t('form.later', { scene: name(scene) })}
            path="M4 6L8 10L12 6"
            disabled={at === choices.length - 1}
            onClick={() => move(at, at + 1)}
          />
        </div>
      ))}
    </fieldset>
  )
}

interface MoveProps {
  label: string
  path: string
  disabled: boolean
  onClick: () => void
}

const Move = ({ label, path, disabled, onClick }: MoveProps) => (
  <button
    type="button"
    className={styles.move}
    aria-label={label}
    disabled={disabled}
    onClick={onClick}
  >
    <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
      <path d={path} fill="none" stroke="currentColor" strokeWidth="1.5" />
    </svg>
  </button>
)

/** The chosen scenes of a form that holds a SceneOrder, as they stand in it. */
export const chosenScenes = (data: FormData): SceneTurn[] =>
  data.getAll('scenes').flatMap((value) => {
    const [name, seconds] = String(value).split(' ')
    const scene = SCENES.find((known) => known === name)
    return scene ? [{ scene, seconds: Number(seconds) }] : []
  })
