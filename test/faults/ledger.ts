import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs'

/** The driver's own book of what the server acknowledged, on the disk before the driver goes on. */
export interface Ledger {
  write(ids: readonly string[]): void
  ids(): string[]
  close(): void
}

export function openLedger(file: string): Ledger {
  const handle = openSync(file, 'a')
  return {
    write(ids) {
      writeSync(handle, `${ids.join('\n')}\n`)
      fsyncSync(handle)
    },
    ids: () => readFileSync(file, 'utf8').split('\n').filter(Boolean),
    close: () => closeSync(handle),
  }
}
