import { afterAll, beforeAll, expect, test } from 'vitest'
import { exports } from '#server/export/exports.ts'
import { exportRoutes } from '#server/export/routes.ts'
import { CITY, NOW } from '#test/city.ts'
import { openTestHouse, type TestHouse } from '#test/house.ts'

let house: TestHouse
beforeAll(async () => {
  house = await openTestHouse(CITY, { now: NOW })
})
afterAll(() => house.close())

test('a file names the instant it was asked for by the clocks of the city, and a day as it is', async () => {
  const path = '/export/registry-buildings.csv?lang=en&asOf=2026-02-01T09:30:00Z&knownAt=2026-02-03'
  const text = await (await exportRoutes(house.context, exports).request(path)).text()
  const told = text.split('\r\n').map((line) => line.replaceAll('"', '').split(','))
  expect([told[1]?.[1], told[2]?.[1]]).toEqual(['2026-02-01T14:30:00+05:00', '2026-02-03'])
})

test.for([
  ['registry-buildings', { ru: 'Отвечает', kk: 'Жауапты', en: 'Responsible' }],
  ['registry-organizations', { ru: 'Организация', kk: 'Ұйым', en: 'Organization' }],
] as const)(
  '%s heads its companies as what they are, not as of a registration',
  async ([name, heads]) => {
    for (const [language, head] of Object.entries(heads)) {
      const path = `/export/${name}.csv?lang=${language}`
      const text = await (await exportRoutes(house.context, exports).request(path)).text()
      const columns = text.split('\r\n\r\n')[1]?.split('\r\n')[0]?.replaceAll('"', '').split(/[;,]/)
      expect(columns).toContain(head)
    }
  },
)
