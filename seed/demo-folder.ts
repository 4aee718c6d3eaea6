import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { CityOptions, Domograd } from './city.ts'

/** `demo.json`: the arguments that made the folder, and how far it has been played. */
const Demo = z.object({
  preset: z.enum(['tiny', 'demo', 'city', 'stress']),
  seed: z.number().int(),
  end: z.number().int(),
  requests: z.number().int().positive().optional(),
  playedUntil: z.number().int(),
})
export type Demo = z.output<typeof Demo>

const demoFile = (dataDir: string) => join(dataDir, 'demo.json')

/** What the city is and stands on, before its events: `city.json` (kept if there is one) and `basemap.json`. */
export function writeCity(dataDir: string, { city, basemap }: Domograd): void {
  if (!existsSync(join(dataDir, 'city.json'))) write(join(dataDir, 'city.json'), city)
  write(join(dataDir, 'basemap.json'), basemap)
}

/** What was planted, beside the data; and `demo.json` last of all: a folder that has it is complete. */
export function writeTruth(dataDir: string, options: CityOptions, truth: object): void {
  write(join(dataDir, 'truth.json'), { ...options, ...truth })
  writeDemo(dataDir, { ...options, playedUntil: options.end })
}

export const writeDemo = (dataDir: string, demo: Demo) => write(demoFile(dataDir), demo)

export function readDemo(dataDir: string): Demo {
  if (!existsSync(demoFile(dataDir)))
    throw new Error(
      `${dataDir} holds no finished demo city (no demo.json): run "npm run domovoi -- seed" on an empty folder`,
    )
  return Demo.parse(JSON.parse(readFileSync(demoFile(dataDir), 'utf8')))
}

function write(file: string, content: object): void {
  writeFileSync(`${file}.new`, `${JSON.stringify(content)}\n`)
  renameSync(`${file}.new`, file)
}
