import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { DomainEvent } from '#server/contract/events.ts'
import { CITY, NOW, ZONE } from '#test/city.ts'
import { FACTS } from '#test/dossier.ts'
import { openTestHouse, type TestHouse } from '#test/house.ts'
import { decide, reply } from './answers.ts'
import { courseOf, isStanding } from './course.ts'
import { canonicalDossier, dossierHash } from './dossier.ts'
import { laterOf, servedDossier } from './dossier-serve.ts'
import { toldOf } from './told.ts'

const FLAG = 'reopened.sever'
const DAY = 86_400_000
const facts = {
  ...FACTS,
  flag: FLAG,
  organization: { id: 'sever', name: 'УК Северный ветер', kind: 'uk' },
}

const proposed = (at: number): DomainEvent => ({
  ...{ type: 'flag.proposed', id: `evaluation:${at}`, source: 'evaluation', occurredAt: at },
  ...{ flag: FLAG, organization: 'sever', measure: 'reopened', level: 'inspectA', cut: at },
  policy: { version: 1, hash: 'a'.repeat(64) },
  ...{ head: 10, inputs: 'b'.repeat(64), dossier: dossierHash(facts) },
})

const lastOf = (context: TestHouse['context']) => courseOf(context, FLAG).at(-1)?.seq ?? 0

describe('a flag that was proposed', () => {
  let house: TestHouse
  beforeEach(async () => {
    house = await openTestHouse([...CITY, proposed(NOW - 3 * DAY)], { now: NOW, zone: ZONE })
    house.context.judging.evidence.write(dossierHash(facts), canonicalDossier(facts))
  })
  afterEach(() => house.close())

  test('is answered, decided, and the dossier stays what it was', async () => {
    const { context } = house
    const before = await servedDossier(context, FLAG, 'ru')
    expect(before).toMatchObject({ frozen: true, hash: dossierHash(facts), head: 10 })
    expect(before.dossier.subject).toBe('УК Северный ветер')

    await reply(context, {
      flag: FLAG,
      text: 'Три заявки переданы нам ошибочно: 2-03, 2-04, 2-06.',
    })
    await decide(context, {
      flag: FLAG,
      decision: 'explained',
      reason: 'ошибка источника проверена',
      seen: lastOf(context),
    })
    expect(courseOf(context, FLAG)).toMatchObject([
      { kind: 'proposed', level: 'inspectA', policy: 1 },
      { kind: 'replied', text: 'Три заявки переданы нам ошибочно: 2-03, 2-04, 2-06.' },
      { kind: 'decided', decision: 'explained', reason: 'ошибка источника проверена' },
    ])
    expect(isStanding(courseOf(context, FLAG))).toBe(true)

    const after = await servedDossier(context, FLAG, 'ru')
    expect(after.dossier).toEqual(before.dossier)
    expect(after.hash).toBe(before.hash)
    const [later] = laterOf(context, after)
    expect(JSON.stringify(later)).toContain('Три заявки переданы нам ошибочно')
    expect(toldOf(context).answered).toEqual([
      { flag: FLAG, replied: NOW, decided: { at: NOW, decision: 'explained' } },
    ])
  })

  test('is withdrawn by an inspector with a reason, and then waits for no answer', async () => {
    const { context } = house
    await decide(context, {
      flag: FLAG,
      decision: 'withdrawn',
      reason: 'данные исправлены',
      seen: lastOf(context),
    })
    expect(isStanding(courseOf(context, FLAG))).toBe(false)
    expect(toldOf(context).withdrawn).toEqual([
      {
        ...{ flag: FLAG, at: NOW, by: 'inspector', reason: 'данные исправлены' },
        organization: { id: 'sever', name: 'УК Северный ветер' },
      },
    ])
    expect(() => reply(context, { flag: FLAG, text: 'поздно' })).toThrow('was withdrawn')
  })

  test('is not decided upon a course that moved since it was shown', async () => {
    const { context } = house
    const seen = lastOf(context)
    await reply(context, { flag: FLAG, text: 'Акты приложены к ответу.' })
    const decision = { flag: FLAG, decision: 'explained', reason: 'акты проверены' } as const
    expect(() => decide(context, { ...decision, seen })).toThrow(
      expect.objectContaining({ code: 'CONFLICT', message: expect.stringContaining('since') }),
    )
    expect(courseOf(context, FLAG).map(({ kind }) => kind)).toEqual(['proposed', 'replied'])
    await decide(context, { ...decision, seen: lastOf(context) })
    expect(courseOf(context, FLAG).at(-1)?.kind).toBe('decided')
  })

  test.for([
    ['звоните 8 701 123 45 67', 'a phone number (…67)'],
    ['жилец с ИИН 900101300017 доволен', 'a personal number (IIN) (…17)'],
    ['СНИЛС 112-233-445 95', 'a social insurance number (SNILS) (…95)'],
  ] as const)('takes no "%s" into what is kept for ever', async ([text, words]) => {
    await expect(reply(house.context, { flag: FLAG, text })).rejects.toThrow(
      `the reply looks as if it held ${words}`,
    )
    expect(courseOf(house.context, FLAG)).toHaveLength(1)
  })

  test('is decided neither by a screen on the wall nor by an operator', () => {
    for (const role of ['wall', 'operator'] as const)
      expect(() =>
        decide(
          { ...house.context, role },
          { flag: FLAG, decision: 'withdrawn', reason: 'нет', seen: 0 },
        ),
      ).toThrow('only an inspector')
  })

  test('a reply to what nobody proposed is refused', () => {
    expect(() => reply(house.context, { flag: 'late.sever', text: 'нечего' })).toThrow(
      'nothing was proposed',
    )
  })
})
