/** Classes of buildings as columns: the same keys stand for as long as the register does, and two states are laid side by side. */
export interface Classes {
  keys: readonly number[]
  /** One more than the position of the class; 0 = the quiet one. */
  of: Uint8Array
}

export const NO_CLASSES: Classes = { keys: [], of: new Uint8Array() }

export const classesOf = (positions: ReadonlyMap<number, number>): Classes => ({
  keys: [...positions.keys()],
  of: Uint8Array.from(positions.values(), (position) => position + 1),
})

/** Tells of each building that has another class than before; 0 = the quiet one from now on. */
export function eachChange(
  was: Classes,
  now: Classes,
  tell: (key: number, place: number) => void,
): void {
  if (was.keys === now.keys) {
    const { keys } = now
    for (let i = 0; i < keys.length; i++)
      if (was.of[i] !== now.of[i]) tell(keys[i] as number, now.of[i] ?? 0)
    return
  }
  const gone = new Map(was.keys.map((key, i) => [key, was.of[i] ?? 0]))
  now.keys.forEach((key, i) => {
    const place = now.of[i] ?? 0
    if ((gone.get(key) ?? 0) !== place) tell(key, place)
    gone.delete(key)
  })
  for (const [key, place] of gone) if (place > 0) tell(key, 0)
}
