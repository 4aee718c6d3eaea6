import { createWriteStream, existsSync } from 'node:fs'
import { dirname } from 'node:path'
import { Writable } from 'node:stream'
import { parseArgs } from 'node:util'
import { exports } from '#server/export/exports.ts'
import { exportRoutes } from '#server/export/routes.ts'
import { type Command, Failure } from './command.ts'
import { serverOf, withHouse } from './house.ts'

const names = () => Object.keys(exports).join(', ')

export const exportTable: Command = {
  summary: 'write a table as CSV or XLSX',
  usage: `export TABLE.csv|TABLE.xlsx [SEARCH] --out FILE [--lang kk|ru|en] [--raw]

Writes the same file as the download buttons. Tables: ${names()}.
SEARCH is what stands after "?" in the address of the page, e.g. "is=open&district=d-1".
--raw leaves the CSV without the escapes that spreadsheets need.`,
  async run(args, terminal) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { out: { type: 'string' }, lang: { type: 'string' }, raw: { type: 'boolean' } },
    })
    const [table, search = ''] = positionals
    const { out: file } = values
    if (!table || !file) throw new Failure(`name a table and --out FILE; tables: ${names()}`)
    if (!existsSync(dirname(file))) throw new Failure(`there is no folder ${dirname(file)}`)
    const query = new URLSearchParams(search)
    if (values.lang) query.set('lang', values.lang)
    if (values.raw) query.set('raw', '1')
    const path = `/export/${encodeURIComponent(table)}?${query}`
    const save = async (response: Response) => {
      if (!response.ok || !response.body) throw new Failure((await response.text()).trim())
      await response.body.pipeTo(Writable.toWeb(createWriteStream(file)))
    }
    const server = serverOf(terminal.config.dataDir)
    if (server) await save(await fetch(`${server}${path}`))
    else
      await withHouse('export', terminal, async ({ context }) =>
        save(await exportRoutes(context, exports).request(path)),
      )
    terminal.out(`${table} is in ${file}`)
  },
}
