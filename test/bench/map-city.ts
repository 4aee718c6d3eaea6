import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DomainEvent } from '#server/contract/events.ts'
import { openLog } from '#server/log/sqlite.ts'
import { ROOT } from '../running.ts'

const CENTRE: [number, number] = [71.43, 51.13]
/** Of a plot, in degrees: some 55 by 55 metres. */
const [EAST, NORTH] = [0.0008, 0.0005]
const BEGAN = Date.parse('2026-01-01T00:00:00Z')
export const MAP_NOW = Date.parse('2026-11-21T14:32:00+05:00')

/** A city of so many outlined buildings on a grid, every tenth with an open request; made once and kept. */
export async function outlinedCity(buildings: number): Promise<string> {
  const folder = join(ROOT, '.cache', `map-${buildings}`)
  if (existsSync(join(folder, 'made'))) return folder
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  writeFileSync(
    join(folder, 'city.json'),
    JSON.stringify({
      name: { ru: 'Сетка', kk: 'Тор', en: 'Grid' },
      zone: 'Asia/Almaty',
      languages: ['ru', 'kk', 'en'],
      centre: CENTRE,
    }),
  )
  let clock = BEGAN
  const log = openLog({ file: join(folder, 'log.sqlite'), now: () => clock++ })
  try {
    let batch: DomainEvent[] = []
    for (const event of eventsOf(buildings)) {
      batch.push(event)
      if (batch.length === 2000) {
        await log.append(batch)
        batch = []
      }
    }
    await log.append(batch)
  } finally {
    await log.close()
  }
  const done = spawnSync(process.execPath, ['server/cli.ts', 'rebuild'], {
    cwd: ROOT,
    env: { ...process.env, DOMOVOI_DATA: folder },
    encoding: 'utf8',
  })
  if (done.status !== 0) throw new Error(done.stderr)
  writeFileSync(join(folder, 'made'), '')
  return folder
}

function* eventsOf(buildings: number): Generator<DomainEvent> {
  const side = Math.ceil(Math.sqrt(buildings))
  const origin = { occurredAt: BEGAN, source: 'bench' }
  yield {
    ...origin,
    id: 'category',
    type: 'category.registered',
    category: 'leak',
    name: { ru: 'Протечка' },
  }
  for (let i = 0; i < buildings; i++) {
    const west = CENTRE[0] + ((i % side) - side / 2) * EAST
    const south = CENTRE[1] + (Math.floor(i / side) - side / 2) * NORTH
    yield {
      ...origin,
      id: `b${i}`,
      type: 'building.registered',
      building: `b${i}`,
      address: { ru: `ул. ${Math.floor(i / side) + 1}-я, ${(i % side) + 1}` },
      apartments: 20 + (i % 180),
      outline: [outlineAt(west, south, i)],
    }
    if (i % 10 === 0)
      yield {
        ...origin,
        id: `r${i}`,
        type: 'request.registered',
        occurredAt: MAP_NOW - (i % 500) * 3_600_000,
        request: `r${i}`,
        building: `b${i}`,
        category: 'leak',
        channel: 'phone',
        priority: 'ordinary',
        kind: 'work_request',
      } as DomainEvent
  }
}

/** An L of seven corners, each a little another one. */
function outlineAt(west: number, south: number, i: number): [number, number][] {
  const [width, height] = [EAST * (0.4 + (i % 5) / 12), NORTH * (0.4 + (i % 7) / 16)]
  const [east, north] = [west + width, south + height]
  const [middle, half] = [west + width / 2, south + height / 2]
  return [
    [west, south],
    [east, south],
    [east, half],
    [middle, half],
    [middle, north],
    [west, north],
    [west, south],
  ]
}
