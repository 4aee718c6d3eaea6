import type { Command } from './command.ts'
import { erase } from './erase.ts'
import { exportTable } from './export.ts'
import { flags } from './flags.ts'
import { importCsv } from './import.ts'
import { judge } from './judge.ts'
import { key } from './key.ts'
import { backup, restore, verify } from './log-commands.ts'
import { notices } from './notices.ts'
import { rebuild } from './rebuild.ts'
import { seed, serve } from './serve.ts'
import { totals } from './totals.ts'
import { webhook } from './webhook.ts'

export const COMMANDS: Readonly<Record<string, Command>> = {
  serve,
  seed,
  import: importCsv,
  rebuild,
  verify,
  backup,
  restore,
  erase,
  export: exportTable,
  key,
  webhook,
  totals,
  flags,
  judge,
  notices,
}
