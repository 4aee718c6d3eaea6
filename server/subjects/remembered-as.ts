import { hash } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import { personalFault } from '#server/domain/personal-fault.ts'

/** By what an erased person is known again, so that nothing is kept of them anew: the id, or its hash where the id itself is a phone or a mail. */
export const rememberedAs = (id: string): string =>
  personalFault(id) === null ? id : `sha256:${hash('sha256', id)}`

/** Who looked at the person stays on record, and whom is said by that name. */
export function renameReadings(db: DatabaseSync, id: string) {
  const name = rememberedAs(id)
  if (name !== id) db.prepare('UPDATE audit SET id = ? WHERE id = ?').run(name, id)
}
