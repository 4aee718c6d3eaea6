import type { Engine } from '#server/store/engine.ts'

/**
 * Readings that several panels of a page share, the last asked first to stay. The key says all that the answer depends on;
 * a reading of the whole city leaves the revision out and holds as long as its instant, so that a live city is not read
 * again at every commit.
 */
export function createHeld<T>(most: number) {
  const engines = new WeakMap<Engine, Map<string, Promise<T>>>()
  return (engine: Engine, key: string, run: () => Promise<T>): Promise<T> => {
    const held = engines.get(engine) ?? new Map<string, Promise<T>>()
    engines.set(engine, held)
    const answer = held.get(key) ?? run()
    held.delete(key)
    held.set(key, answer)
    answer.catch(() => held.delete(key))
    for (const oldest of held.keys()) {
      if (held.size <= most) break
      held.delete(oldest)
    }
    return answer
  }
}

const TEN_MINUTES = 600_000
/** The instant until which shared readings have watched: whole ten minutes. */
export const sharedInstant = (now: number) => Math.floor(now / TEN_MINUTES) * TEN_MINUTES
