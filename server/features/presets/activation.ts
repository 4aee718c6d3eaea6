import { isPresetEvent } from '#server/contract/events.ts'
import { tell } from '#server/desk.ts'
import type { Preset } from '#server/domain/presets/preset-file.ts'
import { type Context, Refusal } from '#server/trpc.ts'
import { presetHash } from './preset-hash.ts'

type Desk = Pick<Context, 'log' | 'now' | 'newId' | 'role' | 'judging'>

export interface Active {
  /** UTC epoch milliseconds. */
  since: number
  reason: string
  version: number
  /** The definition was changed after it was activated: it must be looked at and activated again. */
  changed: boolean
}

/** Whether the city goes by a definition, as the log tells it. */
export function activeOf({ log }: Pick<Context, 'log'>, preset: Preset) {
  const key = log.key(`preset:${preset.id}`)
  const events = key === undefined ? [] : log.stream(key).filter((event) => isPresetEvent(event))
  const last = events.at(-1)
  const active: Active | null =
    last?.type === 'preset.activated'
      ? {
          ...{ since: last.occurredAt, reason: last.reason, version: last.version },
          changed: last.hash !== presetHash(preset),
        }
      : null
  return { active, seq: last?.seq ?? 0 }
}

export function presetById({ judging: { presets } }: Pick<Context, 'judging'>, id: string): Preset {
  const preset = presets.find((known) => known.id === id)
  if (!preset)
    throw new Refusal(
      'NOT_FOUND',
      `there is no definition "${id}"; there are ${presets.map(({ id }) => id).join(', ')}`,
    )
  return preset
}

const mayChoose = (role: Context['role']) => role === 'official' || role === 'inspector'

/** A person says by which definition the city goes from now on; it is an event, and nobody is flagged by it. */
export function activate(desk: Desk, { preset: id, reason }: { preset: string; reason: string }) {
  const preset = presetById(desk, id)
  const { active, seq } = chosen(desk, preset)
  if (active && !active.changed)
    throw new Refusal('CONFLICT', `the definition "${id}" is in force already`)
  const { version } = preset
  return tell(desk, 'operator', [
    {
      ...{ id: `desk:preset:${id}:${seq}`, type: 'preset.activated', preset: id, version, reason },
      hash: presetHash(preset),
    },
  ])
}

export function deactivate(desk: Desk, { preset: id, reason }: { preset: string; reason: string }) {
  const preset = presetById(desk, id)
  const { active, seq } = chosen(desk, preset)
  if (!active) throw new Refusal('CONFLICT', `the definition "${id}" is not in force`)
  return tell(desk, 'operator', [
    { id: `desk:preset:${id}:${seq}`, type: 'preset.deactivated', preset: id, reason },
  ])
}

function chosen(desk: Desk, preset: Preset) {
  if (!mayChoose(desk.role))
    throw new Refusal('FORBIDDEN', 'only an official or an inspector chooses definitions; ask one')
  return activeOf(desk, preset)
}
