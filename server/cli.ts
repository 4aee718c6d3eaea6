import { setFlagsFromString } from 'node:v8'
import type { Terminal } from './cli/command.ts'
import { cacheCompiled } from './compile-cache.ts'

// Node may wait for ever for this compiler when a short process ends: github.com/nodejs/node/issues/54918.
setFlagsFromString('--no-maglev')
cacheCompiled()
const { COMMANDS } = await import('./cli/commands.ts')
const { createProgress } = await import('./cli/progress.ts')
const { readConfig } = await import('./config.ts')

const out = (line: string) => process.stdout.write(`${line}\n`)
const note = (line: string) => process.stderr.write(`${line}\n`)

function overview(): string {
  const width = Math.max(...Object.keys(COMMANDS).map((name) => name.length))
  const lines = Object.entries(COMMANDS).map(
    ([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`,
  )
  return `domovoi COMMAND [--help]\n\n${lines.join('\n')}\n\nThe data folder is DOMOVOI_DATA (default: data).`
}

async function main([name = '--help', ...args]: string[]): Promise<void> {
  if (['--help', '-h', 'help'].includes(name)) return void out(overview())
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
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
