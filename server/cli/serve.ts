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
  usage: `seed [--preset demo|city|stress] [--seed N] [--until DATE] [--requests N]

Creates Domograd in the data folder, which must hold no log. The same arguments give the same bytes on every machine.`,
  async run(args, { config }) {
    await runSeed(args.includes('--data') ? args : [...args, '--data', config.dataDir])
  },
}
