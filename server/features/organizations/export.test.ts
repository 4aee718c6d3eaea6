import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ExportTable } from '#server/export/columns.ts'
import { CITY, NOW, ZONE } from '#test/city.ts'
import { openTestHouse, type TestHouse } from '#test/house.ts'
import { plainly } from '#test/plain-policy.ts'
import { flagsExport } from '../flags/export.ts'
import { organizationBuildingsExport, organizationsExport } from './export.ts'

let house: TestHouse
beforeAll(async () => {
  house = await openTestHouse(CITY, { now: NOW, zone: ZONE })
})
afterAll(() => house.close())

async function written({ columns, rows }: ExportTable<never>, ids: readonly string[]) {
  const lines: unknown[][] = []
  for await (const portion of rows)
    for (const row of portion)
      lines.push(ids.map((id) => columns.find((column) => column.id === id)?.value(row)))
  return lines
}
const asked = (search: string) => ({
  context: plainly(house.context),
  search: new URLSearchParams(search),
  language: 'ru' as const,
})
const JANUARY = 'from=2026-01-01&to=2026-02-01&measure=late'

test('organizations are written as the page orders them, with what was judged and what was expected', async () => {
  const table = await organizationsExport.open(asked(JANUARY))
  const ids = ['id', 'level', 'requests', 'judged', 'observed', 'expected', 'onTime']
  expect(await written(table, ids)).toEqual([
    ['sever', 'Мало данных', 9, 8, 7, 4.67, 0.125],
    ['dva-doma', 'Мало данных', 1, 1, 0, 0.5, 1],
    ['pribrezhnaya', 'Мало данных', 7, 6, 0, 1.17, 1],
    ['sadovoe', 'Мало данных', 2, 2, 0, 0.67, 1],
  ])
})

test('only the kinds that the page shows are written', async () => {
  const table = await organizationsExport.open(asked(`${JANUARY}&kinds=["tszh"]`))
  expect(await written(table, ['id'])).toEqual([['sadovoe']])
})

test('buildings of one organization are all written, and no organization is refused', async () => {
  const table = await organizationBuildingsExport.open(asked(`${JANUARY}&id=sever`))
  expect(await written(table, ['id', 'observed'])).toEqual([
    ['b-5', 4],
    ['b-4', 2],
    ['b-6', 0],
    ['b-7', 1],
  ])
  await expect(organizationBuildingsExport.open(asked(JANUARY))).rejects.toThrow('id')
})

test('flags are written with the versions of what they rest on', async () => {
  const { about } = await flagsExport.open(asked(''))
  const { policy } = house.context.judging.policies.of('2025-02-01')
  const rules = about.find(([label]) => label === 'Правила поводов, версия')?.[1]
  expect(rules?.split(';')[0]).toBe(String(policy.version))
})
