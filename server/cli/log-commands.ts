import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { BackupError, backupTo, restoreFrom } from '#server/log/backup.ts'
import { BrokenChainError, LostHeadError, verifyLog } from '#server/log/verify.ts'
import { logFile } from '#server/open.ts'
import { rememberBackup } from '#server/subjects/backups.ts'
import { type Command, Failure } from './command.ts'
import { lockFor } from './house.ts'

const told = [BackupError, BrokenChainError, LostHeadError]
const plainly = (cause: unknown) =>
  told.some((kind) => cause instanceof kind) ? new Failure((cause as Error).message) : cause

export const verify: Command = {
  summary: 'prove that the log is as it was written',
  usage: `verify [--head HASH]

Recomputes the hash chain of every event and names the first row that differs. Prints the head of the chain: keep it
elsewhere and give it later by --head, to prove that nothing before it was changed and nothing was cut off. A server may go
on meanwhile.`,
  async run(args, { config, out, progress }) {
    const { values } = parseArgs({ args, options: { head: { type: 'string' } } })
    const kept = values.head?.trim().toLowerCase()
    if (kept !== undefined && !/^[0-9a-f]{64}$/.test(kept))
      throw new Failure('a head is the 64 hexadecimal digits that "verify" or "backup" printed')
    const file = logFile(config.dataDir)
    if (!existsSync(file)) throw new Failure(`${config.dataDir} holds no log`)
    const bar = progress('verified')
    try {
      const { events, head } = verifyLog(file, bar.at, kept)
      bar.end()
      out(`${events} events, nothing was changed. Head: ${head}`)
    } catch (cause) {
      bar.end()
      throw plainly(cause)
    }
  },
}

export const backup: Command = {
  summary: 'copy the log into a new folder, while a server runs',
  usage: `backup FOLDER

Writes one snapshot of the log with city.json and a sealed manifest of checksums into FOLDER, which must not exist, and
verifies the copy. It holds the contacts of people and their keys if the data folder does: keep it as you keep the folder. The
path is remembered in backups.json, so that "erase" reaches it. The city's own norms/, policy/, presets/ and mappings/, sources.json
and the mappings that it names are in it, and a warning says which of them is missing; the ingest key, notices.json, tile archives
and the reports of imports/ are left out.`,
  async run(args, { config, now, out, progress }) {
    const target = folderOf(args, 'backup FOLDER')
    const bar = progress('backed up')
    try {
      const options = { dataDir: config.dataDir, now: now(), progress: bar.at }
      const { events, head, takenAt, missing } = await backupTo(target, options)
      rememberBackup(config.dataDir, { path: target, takenAt })
      bar.end()
      out(`${events} events in ${target}. Head: ${head}`)
      for (const sentence of missing) out(`warning: ${sentence}`)
    } catch (cause) {
      throw plainly(cause)
    }
  },
}

export const restore: Command = {
  summary: 'put a backup into an empty data folder',
  usage: `restore FOLDER

Proves every checksum and the whole hash chain of the backup in FOLDER, then copies it into the data folder
(DOMOVOI_DATA), which must be empty. The facts are rebuilt at the next start.`,
  async run(args, { config, out, progress }) {
    const source = folderOf(args, 'restore FOLDER')
    const bar = progress('verified')
    const lock = lockFor('restore', config.dataDir)
    try {
      const { events } = await restoreFrom(source, { dataDir: config.dataDir, progress: bar.at })
      bar.end()
      out(`${events} events restored into ${config.dataDir}.`)
    } catch (cause) {
      throw plainly(cause)
    } finally {
      lock.release()
    }
  },
}

function folderOf(args: string[], usage: string): string {
  const { positionals } = parseArgs({ args, options: {}, allowPositionals: true })
  const [folder, ...more] = positionals
  if (!folder || more.length > 0) throw new Failure(`name one folder: domovoi ${usage}`)
  return resolve(folder)
}
