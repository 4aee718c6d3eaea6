import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { parse } from 'csv-parse/sync'
import { beforeAll, describe, expect, test } from 'vitest'
import { DATA_MISSING, MOSCOW_2017 } from '#test/real-data.ts'
import { type AddressIndex, createAddressIndex } from './address-index.ts'

/** The raw text cut at its commas, by rules of its own: nothing here knows how the product reads an address. */
interface Raw {
  areas: string[]
  kind: string
  name: string
  house: string[]
}
const CITY = 'г. Москва'
const LONG: Readonly<Record<string, string>> = {
  'ул.': 'улица',
  'пер.': 'переулок',
  'пр-кт.': 'проспект',
  'б-р.': 'бульвар',
  'ш.': 'шоссе',
  'наб.': 'набережная',
  'пл.': 'площадь',
  'туп.': 'тупик',
  'кв-л.': 'квартал',
  'мкр.': 'микрорайон',
  'проезд.': 'проезд',
  'аллея.': 'аллея',
  'линия.': 'линия',
}
const SHORT: Readonly<Record<string, string>> = {
  'ул.': 'ул.',
  'пер.': 'пер.',
  'пр-кт.': 'пр-т',
  'б-р.': 'б-р',
  'ш.': 'ш.',
  'наб.': 'наб.',
  'пл.': 'пл.',
  'туп.': 'туп.',
  'кв-л.': 'кв-л',
  'мкр.': 'мкр-н',
  'проезд.': 'пр-д',
  'аллея.': 'аллея',
  'линия.': 'линия',
}

function cut(text: string): Raw | undefined {
  const parts = text.split(', ')
  if (parts.shift() !== CITY) return
  const at = parts.findIndex((part) => /^д\. (?=\d|-|~|№|дом|корп|[а-яА-Я]\d)/.test(part))
  const street = at > 0 ? parts[at - 1] : undefined
  if (street === undefined) return
  const [kind = '', ...name] = street.split(' ')
  if (name.length === 0) return
  return { areas: parts.slice(0, at - 1), kind, name: name.join(' '), house: parts.slice(at) }
}

const withAreas = ({ areas }: Raw, rest: string) => [...areas, rest].join(', ')
const bare = (house: string) => house.replace(/^д\. /, '')
const inWords = (name: string) =>
  name
    .replace(/^(.+) Б\.$/, 'Б. $1')
    .replace(/^(.+) М\.$/, 'М. $1')
    .replace(/^(.+) (\d+-[яй])$/, '$2 $1')

/** Nobody writes the kind of a village behind its name. */
const behind = ({ kind, name }: Raw) =>
  SHORT[kind] ? `${inWords(name)} ${SHORT[kind]}` : `${kind} ${name}`

/** What is left of a row without labels, remarks and entrances: rows of one house have the same. */
const bones = (text: string) =>
  text
    .toLowerCase()
    .replace(
      /дубль( \d)?|\(? ?(?<![а-я])(под|п)(ъезды?)?\. *[\d\s,._-]*\)?|подъезды? [\d\s,._-]*/g,
      '',
    )
    .replaceAll('_', '-')
    .replaceAll('\\', '/')
    .replace(/(?<![а-я\d])(дом|д|к|корп|корпус)(?![а-я])/g, ' ')
    .replace(/(?<=\d ?)к(орп)?(?=[\d. ])/g, ' ')
    .replace(/[.,()\s"]+|-(?=[\s,]|$)/g, ' ')
    .replace(/(?<=\d) (?=[а-я]( |$))/g, '')
    .replace(/ +/g, ' ')
    .replace(/( стр)? ?$/, '')

/** Seven common ways to write the same address. */
const WAYS: Readonly<Record<string, (raw: Raw, text: string) => string>> = {
  'kinds and parts in full words': (raw) =>
    [
      'Москва',
      ...raw.areas,
      `${LONG[raw.kind] ?? raw.kind} ${raw.name}`,
      ...raw.house.map((part) =>
        part
          .replace(/^д\. /, 'дом ')
          .replace(/^к\. /, 'корпус ')
          .replace(/^стр\. /, 'строение '),
      ),
    ].join(', '),
  'kind behind the name, house and corpus without their labels': (raw) =>
    withAreas(
      raw,
      `${behind(raw)}, ${raw.house
        .map((part) => bare(part).replace(/^к\. (?=\d)/, 'к'))
        .join(' ')}`,
    ),
  'small letters without dots and commas': (_, text) =>
    text.toLowerCase().replaceAll('ё', 'е').replace(/[.,]/g, ' ').replace(/ +/g, ' '),
  'city, postcode and flat': (raw, text) => `Россия, 117${raw.name.length + 100}, ${text}, кв. 17`,
  'short kinds, parts glued to the house': (raw) =>
    withAreas(
      raw,
      `${SHORT[raw.kind] ?? raw.kind} ${raw.name} д.${raw.house
        .map((part) =>
          bare(part)
            .replace(/^к\. (?=\d)/, 'корп.')
            .replace(/^стр\. (?=\d)/, 'с'),
        )
        .join(' ')}`,
    ),
  // A row that is some entrances of a house has no other.
  'sign of a number, entrance and floor behind their numbers': (_, text) =>
    `${text.replace(/, д\. (?=\d)/, ', дом № ')}, ${/[ (](п|пп|под|инв)\.|подъезд/.test(text) ? '' : '2 подъезд, '}3-й этаж`,
  'neither a comma nor a label before the house, two flats': (_, text) =>
    `${text.replace(/, д\. (?=\d)/, ' ')}, кв. 15/2 и 16`,
}

describe.skipIf(DATA_MISSING)('the 2017 register of Moscow', { timeout: 120_000 }, () => {
  let texts: string[] = []
  /** Building of each address; several where the register has it several times. */
  let houses: { text: string; raw: Raw | undefined }[] = []
  let index: AddressIndex
  let alone: (text: string) => boolean
  beforeAll(() => {
    const csv = gunzipSync(readFileSync(MOSCOW_2017))
    const rows: { address: string }[] = parse(csv, { columns: true })
    texts = rows.map((row) => row.address)
    index = createAddressIndex(['Москва'])
    texts.forEach((text, building) => {
      index.put(building, [text])
    })
    const times = new Map<string, number>()
    for (const text of texts) times.set(bones(text), (times.get(bones(text)) ?? 0) + 1)
    alone = (text) => times.get(bones(text)) === 1
    houses = texts.map((text) => ({ text, raw: alone(text) ? cut(text) : undefined }))
  })

  test('149 rows carry the very text of another: told to be ambiguous, each of them', () => {
    const times = new Map<string, number>()
    for (const text of texts) times.set(text, (times.get(text) ?? 0) + 1)
    const rows = texts.filter((text) => (times.get(text) ?? 0) > 1)
    const answers = rows.map((text) => index.match(text))
    expect(rows).toHaveLength(149)
    expect(answers.filter(({ found, ambiguous }) => found || !ambiguous)).toEqual([])
  })

  test('no row finds another house by its own text, and 99 in 100 find themselves', () => {
    const answers = texts.map((text) => index.match(text).found)
    const others = texts.filter((_, at) => answers[at] && answers[at].building !== at)
    expect(others).toEqual([])
    expect(answers.filter((found) => found).length).toBeGreaterThan(0.99 * texts.length)
  })

  test('99.5 % of houses find themselves in every one of seven other ways, and none finds another', () => {
    const missed: string[] = []
    const wrong: string[] = []
    let asked = 0
    for (const [building, { text, raw }] of houses.entries()) {
      if (!raw) continue
      asked++
      let all = true
      for (const [way, write] of Object.entries(WAYS)) {
        const written = write(raw, text)
        const { found } = index.match(written)
        if (found?.building === building) continue
        all = false
        if (found && bones(texts[found.building] ?? '') !== bones(text))
          wrong.push(`${way}: ${written} is not ${texts[found.building]}`)
      }
      if (!all) missed.push(text)
    }
    expect(wrong).toEqual([])
    expect(asked).toBeGreaterThan(0.97 * texts.length)
    expect(1 - missed.length / asked).toBeGreaterThanOrEqual(0.995)
  })

  test('a house that is not in the register finds no other: half the register asked of the other half', () => {
    const half = createAddressIndex(['Москва'])
    texts.forEach((text, building) => {
      if (building % 2 === 0) half.put(building, [text])
    })
    const wrong: string[] = []
    for (const [building, { text, raw }] of houses.entries()) {
      // Every tenth: a text that finds nothing is compared with many streets.
      if (building % 10 !== 1) continue
      for (const write of raw ? [...Object.values(WAYS)] : []) {
        const written = write(raw as Raw, text)
        const { found } = half.match(written)
        if (found && bones(texts[found.building] ?? '') !== bones(text))
          wrong.push(`${written} is not ${texts[found.building]} (${found.how})`)
      }
    }
    expect(wrong).toEqual([])
  })
})
