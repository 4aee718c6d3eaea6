import { cacheCompiled } from './compile-cache.ts'

const tell = (line: string) => process.stderr.write(`${line}\n`)

try {
  cacheCompiled()
  const { readConfig } = await import('./config.ts')
  const { start } = await import('./start.ts')
  const config = readConfig(process.env)
  const { now: pinned, demo } = config
  await start(config, { demo, web: true, now: pinned === null ? Date.now : () => pinned, tell })
} catch (cause) {
  tell(cause instanceof Error ? cause.message : String(cause))
  process.exit(1)
}
