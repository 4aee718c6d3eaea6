import { type Facts, type FactsOptions, openFacts } from './duckdb.ts'
import { DDL, SCHEMA_VERSION } from './schema.ts'

/** Opens a facts file and gives an empty one its tables. Throws when the file is of another schema version. */
export async function openFactsFile(options: FactsOptions): Promise<Facts> {
  const facts = await openFacts(options)
  await facts.write(async (writer) => {
    for (const statement of DDL) await writer.run(statement)
    const [version] = await writer.query(`SELECT value FROM meta WHERE key = 'schema'`)
    if (version === undefined)
      await writer.run(`INSERT INTO meta VALUES ('schema', $version), ('seq', 0)`, {
        version: SCHEMA_VERSION,
      })
    else if (version.value !== SCHEMA_VERSION)
      throw new Error(`the facts are of version ${version.value}, this is ${SCHEMA_VERSION}`)
  })
  await facts.checkpoint()
  return facts
}
