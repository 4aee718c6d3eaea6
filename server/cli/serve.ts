import { parseArgs } from 'node:util'
import { seed as runSeed } from '#server/demo.ts'
import { start } from '#server/start.ts'
import type { Command } from './command.ts'

export const serve: Command = {
  summary: 'serve the city of the data folder',
  usage: `serve [--no-web]

As "npm start", but an empty data folder stays empty. PORT (8080) and HOST (127.0.0.1) say where; SIGTERM stops it after
what has begun is acknowledged. --no-web does not build the web app.`,
  async run(args, { config, now, note }) {
    const { values } = parseArgs({ args, options: { 'no-web': { type: 'boolean' } } })
    await start(config, { demo: null, web: !values['no-web'], now, tell: note })
  },
}

export const seed: Command = {
  summary: 'create the demo city Domograd',
  usage: `seed [--preset demo|city|stress|tiny] [--seed N] [--until INSTANT] [--requests N]

Creates Domograd in the data folder, which must hold no log. The same arguments give the same events on every machine.
Without --until its history ends now (DOMOVOI_NOW pins it), e.g. 2026-02-10T12:00:00+05:00.`,
  async run(args, { config }) {
    const { dataDir, now: pinned } = config
    const missing = (option: string, value: string) =>
      args.some((arg) => arg === option || arg.startsWith(`${option}=`)) ? [] : [option, value]
    await runSeed([
      ...args,
      ...missing('--data', dataDir),
      ...(pinned === null ? [] : missing('--until', new Date(pinned).toISOString())),
    ])
  },
}
