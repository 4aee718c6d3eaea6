import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { readCity } from '#server/config.ts'
import { openLog } from '#server/log/sqlite.ts'
import { readNorms } from '#server/norm-files.ts'
import { factsFile, logFile } from '#server/open.ts'
import { swapIn } from '#server/store/facts-file.ts'
import { rebuild as rebuildFacts } from '#server/store/rebuild.ts'
import { type Command, Failure } from './command.ts'
import { lockFor } from './house.ts'

export const rebuild: Command = {
  summary: 'write the facts anew from the log',
  usage: `rebuild

Replays the whole log into a new facts file and puts it in the place of the old one. Never needed after a fault: a
server does it by itself. Stop the server first.`,
  async run(args, { config, now, out, progress }) {
    parseArgs({ args, options: {} })
    const { dataDir } = config
    const city = readCity(dataDir)
    if (!city || !existsSync(logFile(dataDir))) throw new Failure(`${dataDir} holds no city`)
    const lock = lockFor('rebuild', dataDir)
    const bar = progress('rebuilt')
    try {
      const log = openLog({ file: logFile(dataDir), now })
      const fresh = `${factsFile(dataDir)}.new`
      try {
        const { events } = await rebuildFacts({
          log,
          file: fresh,
          zone: city.zone,
          homes: Object.values(city.name),
          norms: readNorms(dataDir, city),
          authority: city.authority,
          progress: bar.at,
        })
        swapIn(fresh, factsFile(dataDir))
        bar.end()
        out(`The facts were written anew from ${events} events.`)
      } finally {
        await log.close()
      }
    } finally {
      lock.release()
    }
  },
}
