const TRIES = 3

/** Work that may be the first to meet a damaged block: done again when the damage is healed. */
export async function patiently<T>(
  recovered: () => Promise<boolean>,
  work: () => Promise<T>,
): Promise<T> {
  for (let tried = 1; ; tried++)
    try {
      return await work()
    } catch (cause) {
      if (tried >= TRIES || !(await recovered())) throw cause
    }
}
