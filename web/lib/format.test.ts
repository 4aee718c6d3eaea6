import { describe, expect, test } from 'vitest'
import { launchBrowser } from '#test/browser.ts'
import { createFormat } from './format.ts'

const ru = createFormat('ru', 'Asia/Almaty')
const kk = createFormat('kk', 'Asia/Almaty')
const en = createFormat('en', 'America/New_York')
/** Saturday 14:30:12 in Almaty (UTC+5), 04:30:12 in New York. */
const NOW = Date.parse('2026-11-21T09:30:12Z')
const plain = (text: string) => text.replaceAll('\u00a0', '_')

describe('numbers', () => {
  test('thousands are held together by a no-break space, in English by a comma', () => {
    expect([ru, kk, en].map((f) => plain(f.number(1240)))).toEqual(['1_240', '1_240', '1,240'])
    expect(plain(ru.number(1_234_567))).toBe('1_234_567')
    expect(ru.number(999)).toBe('999')
  })
  test('decimals have a comma, in English a point', () => {
    expect([ru, kk, en].map((f) => f.number(6.55, 1))).toEqual(['6,5', '6,5', '6.5'])
  })
  test('less than nothing has a minus, and what rounds to nothing has none', () => {
    expect(ru.number(-3)).toBe('−3')
    expect(ru.number(-0.04, 1)).toBe('0,0')
    expect([ru.signed(65), ru.signed(-3), ru.signed(0), ru.signed(0.2)]).toEqual([
      '+65',
      '−3',
      '0',
      '0',
    ])
  })
  test('shares are percent with their sign held', () => {
    expect([ru, en].map((f) => plain(f.percent(0.807)))).toEqual(['81_%', '81%'])
    expect(plain(ru.percent(0.066, 1))).toBe('6,6_%')
    expect(plain(ru.change(0.12))).toBe('+12_%')
    expect(plain(ru.percentRange(0.789, 0.824))).toBe('79–82_%')
    expect(plain(ru.range(1130, 1262))).toBe('1_130–1_262')
  })
  test('a range of many thousands is told in thousands', () => {
    expect(
      [
        [965.5, 1168.4],
        [15_070, 19_331],
      ].map(([a = 0, b = 0]) => plain(ru.shortRange(a, b))),
    ).toEqual(['966–1_168', '15,1–19,3_тыс.'])
  })
})

describe('durations and ages', () => {
  test('a duration is its two largest units', () => {
    const seconds = [40, 15 * 60, 9840, 11_100, 3600, 187_200, 172_800, 120 * 86_400]
    expect(seconds.map((s) => plain(ru.duration(s)))).toEqual([
      '40_с',
      '15_мин',
      '2_ч 44_мин',
      '3_ч 05_мин',
      '1_ч',
      '2_д 4_ч',
      '2_д',
      '120_д',
    ])
    expect(plain(kk.duration(9840))).toBe('2_сағ 44_мин')
    expect(plain(en.duration(187_200))).toBe('2_d 4_h')
  })
  test('an age is one unit', () => {
    const seconds = [8, 1560, 3 * 3600, 10 * 86_400, 400 * 86_400, 4 * 366 * 86_400]
    expect(seconds.map((s) => plain(ru.age(s)))).toEqual([
      '8_с',
      '26_мин',
      '3_ч',
      '10_д',
      '13_мес',
      '4_года',
    ])
    expect([1, 5, 11, 21].map((y) => plain(ru.age((y * 365.25 + 1) * 86_400)))).toEqual([
      '12_мес',
      '5_лет',
      '11_лет',
      '21_год',
    ])
  })
})

describe('dates', () => {
  test('times are those of the city', () => {
    expect([ru.clock(NOW), en.clock(NOW)]).toEqual(['14:30', '04:30'])
    expect(ru.clockSeconds(NOW)).toBe('14:30:12')
    const midnight = Date.parse('2026-11-20T19:00:00Z')
    expect(ru.clock(midnight)).toBe('00:00')
  })
  test('when says today and yesterday by the calendar of the city', () => {
    const at = (iso: string) => plain(ru.when(Date.parse(iso), NOW))
    expect(at('2026-11-21T08:58:00Z')).toBe('сегодня 13:58')
    expect(at('2026-11-20T19:00:00Z')).toBe('сегодня 00:00')
    expect(at('2026-11-20T18:59:00Z')).toBe('вчера 23:59')
    expect(at('2026-11-18T04:15:00Z')).toBe('18_ноя 09:15')
    expect(at('2024-11-18T04:15:00Z')).toBe('18_ноя_2024')
  })
  test('days are written in each language', () => {
    const day = Date.UTC(2026, 10, 21) / 86_400_000
    expect([ru, kk, en].map((f) => plain(f.weekdayAndDay(day)))).toEqual([
      'Суббота, 21_ноября',
      'Сенбі, 21_қараша',
      'Saturday, 21_November',
    ])
    expect(plain(ru.days(day - 7, day - 1))).toBe('14–20_ноя')
    expect(plain(ru.days(day - 28, day - 15))).toBe('24_окт – 6_ноя')
    expect(plain(ru.days(day - 365, day))).toBe('21_ноя_2025 – 21_ноя_2026')
    expect(plain(kk.month(2026 * 12 + 10))).toBe('қараша_2026')
  })
  test('the day a clock goes back keeps its two hours apart in UTC and equal on the wall', () => {
    const first = Date.parse('2026-11-01T05:30:00Z')
    expect([en.clock(first), en.clock(first + 3_600_000)]).toEqual(['01:30', '01:30'])
  })
})

test('a browser in another zone writes the same words as the server', async () => {
  const browser = await launchBrowser()
  try {
    const context = await browser.newContext({ timezoneId: 'Pacific/Kiritimati', locale: 'kk-KZ' })
    const page = await context.newPage()
    const { build } = await import('vite')
    const built = await build({
      configFile: false,
      logLevel: 'silent',
      build: {
        write: false,
        lib: {
          entry: new URL('./format.ts', import.meta.url).pathname,
          formats: ['iife'],
          name: 'Lib',
        },
      },
    })
    const [output] = [built].flat()
    if (!output || !('output' in output)) throw new Error('vite built nothing')
    await page.addScriptTag({ content: output.output[0].code })
    const seen = await page.evaluate((now) => {
      const { createFormat: create } = (
        window as unknown as { Lib: { createFormat: typeof createFormat } }
      ).Lib
      const f = create('kk', 'Asia/Almaty')
      return [
        f.number(1_234_567.5, 1),
        f.when(now - 86_400_000, now),
        f.weekdayAndDay(20_778),
        f.duration(9840),
        f.dateTime(now),
      ]
    }, NOW)
    expect(seen).toEqual([
      kk.number(1_234_567.5, 1),
      kk.when(NOW - 86_400_000, NOW),
      kk.weekdayAndDay(20_778),
      kk.duration(9840),
      kk.dateTime(NOW),
    ])
    expect(plain(seen.join('; '))).toBe(
      '1_234_567,5; кеше 14:30; Сенбі, 21_қараша; 2_сағ 44_мин; 21_қар_2026, 14:30',
    )
  } finally {
    await browser.close()
  }
})
