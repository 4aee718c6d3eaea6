import { describe, expect, test } from 'vitest'
import { LANGUAGES } from '#server/contract/vocabulary.ts'
import { ACCUSING } from '#test/accusing.ts'
import { FACTS } from '#test/dossier.ts'
import { canonicalDossier, dossierHash, dossierOf } from './dossier.ts'
import { SECTIONS } from './dossier-model.ts'

const textOf = (value: unknown): string => JSON.stringify(value)

describe('the evidence sheet of frozen facts', () => {
  test('is the same text twice, whatever the order of the keys of its facts', () => {
    const shuffled = Object.fromEntries(
      Object.entries(FACTS).toReversed(),
    ) as unknown as typeof FACTS
    expect(canonicalDossier(shuffled)).toBe(canonicalDossier(structuredClone(FACTS)))
    expect(dossierHash(FACTS)).toMatch(/^[0-9a-f]{64}$/)
  })

  test('changes its hash when one figure changes', () => {
    const other = { ...FACTS, figures: { ...FACTS.figures, observed: 511 } }
    expect(dossierHash(other)).not.toBe(dossierHash(FACTS))
  })

  test.for(LANGUAGES)('has every section in %s, and no gap in its words', (language) => {
    const dossier = dossierOf(FACTS, language)
    expect(dossier.sections.map(({ id }) => id)).toEqual(SECTIONS)
    const { sheet, ...running } = dossier.running
    const gaps = textOf({ ...dossier, running }).match(/\{\*?\w+\}|undefined|NaN/g)
    expect(gaps).toBeNull()
    expect(sheet.match(/\{\w+\}/g)?.toSorted()).toEqual(['{pages}', '{page}'])
  })

  test('says in words what the figures say', () => {
    const [summary] = dossierOf(FACTS, 'ru').sections
    const [block] = summary?.blocks ?? []
    const text =
      block?.kind === 'text'
        ? block.spans.map((s) => (typeof s === 'string' ? s : s.strong)).join('')
        : ''
    expect(text.replaceAll('\u00a0', ' ')).toBe(
      'За период с 1 ноября 2025 по 31 октября 2026, УК Прибрежная: закрыто заявок: 4 618; из них 512 открыты повторно в течение 14 дней. ' +
        'При том же составе категорий, срочности и возраста домов у средней организации города их было бы 351,4. ' +
        'Отношение 1,46 (95 % интервал 1,33–1,59). ' +
        'Такое или более далёкое отношение у средней организации возникло бы случайно реже одного случая из миллиона. ' +
        'С учётом обычных различий между организациями так далеко ожидалось бы 0,005, всего организаций 57 (стандартных отклонений: 3,78; q = 0,014). ' +
        'Выше ожидаемого: 4 из 4 кварталов. Без самого весомого дома отношение 1,40.',
    )
  })

  test('is made in its fourth form too, as it was frozen then', () => {
    const pace = { ...FACTS, flagged: 'pace', measure: 'pace', share: null } as const
    const { events, others } = FACTS.requests
    const beyond = others.filter((_, i) => i % 40 === 7)
    const apart = { events, beyond, others: others.filter((one) => !beyond.includes(one)) }
    const horizon = { least: 86_400, most: 9 * 86_400 }
    expect(
      [FACTS, pace, { ...pace, requests: apart, horizon }].map((one) => dossierHash(one, 4)),
    ).toEqual([
      '261ded510a96e0c9fdad3d9473fe8c52366b643c0c2172c812867f455aa028ef',
      'e2e346286a6d457afd08f0cc5e8a0147af09f98fef7d12cb88b8ed5a2283850c',
      'e2e346286a6d457afd08f0cc5e8a0147af09f98fef7d12cb88b8ed5a2283850c',
    ])
  })

  test('lists every request number that was judged', () => {
    const lists = dossierOf(FACTS, 'en').sections.flatMap(({ blocks }) =>
      blocks.flatMap((block) => (block.kind === 'numbers' ? [block.numbers] : [])),
    )
    expect(lists).toEqual([FACTS.requests.events, FACTS.requests.others])
  })

  test('a norm that no lawyer verified says so', () => {
    const text = textOf(dossierOf(FACTS, 'ru'))
    expect(text).toContain('ПП РФ № 416, п. 13')
    expect(text).toContain('не проверено юристом')
  })
})

test.for(LANGUAGES)('no word of it accuses (%s)', (language) => {
  for (const level of ['inspect', 'watch', 'good', 'none', 'insufficient'] as const)
    for (const measure of ['reopened', 'late', 'pace'] as const)
      for (const path of ['a', 'b', 'c'] as const) {
        const dossier = dossierOf({ ...FACTS, level, measure, path }, language)
        expect(textOf(dossier).match(ACCUSING[language])).toBeNull()
      }
})

test('an inspection is said to be a ground, not a finding, in every language', () => {
  expect(LANGUAGES.map((language) => dossierOf(FACTS, language).notice[0])).toEqual(
    LANGUAGES.map((language) => ({
      strong: {
        kk: 'Бұл тексеруге негіз ғана, бұзушылық туралы қорытынды емес.',
        ru: 'Это основание для проверки, а не вывод о нарушении.',
        en: 'This is a ground for inspection, not a finding of violation.',
      }[language],
    })),
  )
})

test('a watch says why it stands, and what was told too late says so, in every language', () => {
  const warned = { week: '2026-10-05', doubts: ['premature'] } as const
  const facts = { ...FACTS, level: 'watch', path: null, warned, afterwards: true } as const
  const said = LANGUAGES.map((language) => {
    const { notice } = dossierOf(facts, language)
    const text = notice.map((span) => (typeof span === 'string' ? span : span.strong)).join('')
    expect(text.match(ACCUSING[language])).toBeNull()
    return text.replaceAll('\u00a0', ' ')
  })
  expect(said[LANGUAGES.indexOf('ru')]).toContain('Ранний сигнал: к неделе с 5 октября 2026')
  expect(said[LANGUAGES.indexOf('ru')]).toContain(
    'Вопросы достоверности данных: вернулись в течение 72 часов после закрытия.',
  )
  expect(said[LANGUAGES.indexOf('kk')]).toContain('Ерте белгі: 5 қазан 2026')
  expect(said[LANGUAGES.indexOf('en')]).toContain('the organization could not reply in time')
})

test('the interval of a quarter of pace lies around what was closed', () => {
  const quarter = { from: '2025-11-01', to: '2026-02-01', n: 120, observed: 90, expected: 120 }
  const quarters = [{ ...quarter, ratio: 4 / 3, lower: 1.2, upper: 1.5 }]
  const { sections } = dossierOf({ ...FACTS, measure: 'pace', quarters }, 'en')
  const [drawing] = sections.find(({ id }) => id === 'quarters')?.blocks ?? []
  const paths =
    drawing?.kind === 'drawing' ? drawing.marks.flatMap((m) => ('path' in m ? [m.path] : [])) : []
  // 120 is the end of the axis, at 250; 80 to 100 closed lie at 186.67 to 218.33, and 90 between them.
  expect(paths[1]).toBe('M186.67 14H218.33')
  expect(paths[0]).toBe('M60 7H202.5V21H60Z')
})
