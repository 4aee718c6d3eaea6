import type { Command, Terminal } from './cli/command.ts'
import { erase } from './cli/erase.ts'
import { exportTable } from './cli/export.ts'
import { importCsv } from './cli/import.ts'
import { judge } from './cli/judge.ts'
import { key } from './cli/key.ts'
import { backup, restore, verify } from './cli/log-commands.ts'
import { createProgress } from './cli/progress.ts'
import { rebuild } from './cli/rebuild.ts'
import { seed, serve } from './cli/serve.ts'
import { totals } from './cli/totals.ts'
import { webhook } from './cli/webhook.ts'
import { readConfig } from './config.ts'

const commands: Readonly<Record<string, Command>> = {
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
  judge,
}

const out = (line: string) => process.stdout.write(`${line}\n`)
const note = (line: string) => process.stderr.write(`${line}\n`)

function overview(): string {
  const width = Math.max(...Object.keys(commands).map((name) => name.length))
  const lines = Object.entries(commands).map(
    ([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`,
  )
  return `domovoi COMMAND [--help]\n\n${lines.join('\n')}\n\nThe data folder is DOMOVOI_DATA (default: data).`
}

async function main([name = '--help', ...args]: string[]): Promise<void> {
  if (['--help', '-h', 'help'].includes(name)) return void out(overview())
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!command) throw new Error(`there is no command "${name}"\n\n${overview()}`)
  if (args.includes('--help') || args.includes('-h')) return void out(`domovoi ${command.usage}`)
  const config = readConfig(process.env)
  const { now: pinned } = config
  const screen = {
    write: (text: string) => void process.stderr.write(text),
    isTerminal: process.stderr.isTTY,
    clock: () => performance.now(),
  }
  const terminal: Terminal = {
    config,
    now: pinned === null ? Date.now : () => pinned,
    out,
    note,
    progress: (label) => createProgress(label, screen),
  }
  await command.run(args, terminal)
}

// A reader such as "head" that has seen enough is no fault.
process.stdout.on('error', () => process.exit(0))
try {
  await main(process.argv.slice(2))
} catch (cause) {
  note(cause instanceof Error ? cause.message : String(cause))
  // A server that failed to open may still listen.
  process.exit(1)
}
