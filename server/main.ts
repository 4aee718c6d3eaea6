import { readConfig } from './config.ts'
import { start } from './start.ts'

const tell = (line: string) => process.stderr.write(`${line}\n`)

try {
  const config = readConfig(process.env)
  const { now: pinned, demo } = config
  await start(config, { demo, web: true, now: pinned === null ? Date.now : () => pinned, tell })
} catch (cause) {
  tell(cause instanceof Error ? cause.message : String(cause))
  process.exit(1)
}
