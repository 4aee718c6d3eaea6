import { parseArgs } from 'node:util'
import {
  DIMENSIONS,
  type Dimension,
  type Totals,
  type TotalsRow,
  totalsBy,
  totalsOf,
} from '#server/totals.ts'
import { type Command, Failure, type Terminal } from './command.ts'
import { serverOf, withHouse } from './house.ts'
import { tableOf } from './table.ts'

export const totals: Command = {
  summary: 'print what is stored',
  usage: `totals [--json] [--by organization|building]

Counts requests, those open and overdue, buildings, organizations, transfers between companies, quarantined records and
events. "quarantined" is the sum of quarantinedRows (rows of files and events of webhooks that could not be stored) and
markedRecords (requests that are stored and counted, whose times are at fault). With --by, one row per organization or building. Works while a server runs
on the folder, and when none does. "Overdue" is as of now; DOMOVOI_NOW pins it.`,
  async run(args, terminal) {
    const { values } = parseArgs({
      args,
      options: { json: { type: 'boolean' }, by: { type: 'string' } },
    })
    const by = dimensionOf(values.by)
    if (by) {
      const rows = await answer<TotalsRow[]>(terminal, by, (house, now) => totalsBy(house, by, now))
      if (values.json) terminal.out(JSON.stringify(rows))
      else
        for (const line of tableOf(rows, ['id', 'name', 'requests', 'open', 'overdue']))
          terminal.out(line)
      return
    }
    const found = await answer<Totals>(terminal, undefined, totalsOf)
    if (values.json) return terminal.out(JSON.stringify(found))
    const rows = Object.entries(found).map(([what, count]) => ({ what, count }))
    for (const line of tableOf(rows, ['what', 'count'])) terminal.out(line)
  },
}

function dimensionOf(by: string | undefined): Dimension | undefined {
  if (by === undefined) return undefined
  const dimension = DIMENSIONS.find((known) => known === by)
  if (!dimension) throw new Failure(`--by is one of ${DIMENSIONS.join(', ')}, not "${by}"`)
  return dimension
}

/** From the server that holds the folder, else from the folder itself. */
async function answer<T>(
  terminal: Terminal,
  by: Dimension | undefined,
  here: (house: Parameters<typeof totalsOf>[0], now: number) => Promise<T>,
): Promise<T> {
  const { config, now } = terminal
  const server = serverOf(config.dataDir)
  if (!server) return withHouse('totals', terminal, (house) => here(house, now()))
  const query = new URLSearchParams()
  if (by) query.set('by', by)
  if (config.now !== null) query.set('now', String(config.now))
  const response = await fetch(`${server}/totals?${query}`)
  if (!response.ok)
    throw new Failure(`the server at ${server} answered ${response.status}; is it still opening?`)
  // The server runs this same program.
  return (await response.json()) as T
}
