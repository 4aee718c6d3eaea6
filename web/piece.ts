import { beginAnewUntouched } from './alive.ts'

/** How Chrome, Firefox and Safari say that a module did not come. */
const NOT_COME = /dynamically imported module|Importing a module script failed/

/** Whether a piece of the page did not come, be it that the server is away or that a newer version took its place. */
export const isNotCome = (error: unknown): boolean =>
  error instanceof Error && NOT_COME.test(error.message)

/**
 * Loads a piece of the page: `piece(() => import('./engine.ts'))`. The browser keeps a module that did not come as failed for as
 * long as the page lives. A page that nobody has touched waits, and begins anew when the server answers; of any other, where
 * somebody may be writing, the promise is rejected with what `load` said.
 */
export async function piece<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load()
  } catch (cause) {
    if (isNotCome(cause)) await beginAnewUntouched()
    throw cause
  }
}
