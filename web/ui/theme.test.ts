import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { COLOURS, type Colour } from './theme.ts'

const css = readFileSync(new URL('./theme.css', import.meta.url), 'utf8')
const [light = '', dark = ''] = css.split(/data-mantine-color-scheme=['"]dark['"]\] \{/)
const value = (text: string, name: string) =>
  new RegExp(`--${name}: (#[0-9a-f]{6});`).exec(text)?.[1]?.toUpperCase()

test.for(Object.entries(COLOURS))('stylesheets and charts share %s', ([name, pair]) => {
  expect([value(light, name), value(dark, name)]).toEqual(pair)
})

/** WCAG 2.2 relative luminance contrast. */
function contrast(a: string, b: string) {
  const [bright = 0, dim = 0] = [a, b].map(luminance).sort((x, y) => y - x)
  return (bright + 0.05) / (dim + 0.05)
}
function luminance(hex: string) {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

const texts: [Colour, Colour][] = [
  ['ink', 'paper'],
  ['ink', 'surface'],
  ['ink', 'surface-2'],
  ['ink-2', 'paper'],
  ['ink-2', 'surface'],
  ['ink-2', 'surface-2'],
  ['ink-3', 'surface'],
  ['accent', 'paper'],
  ['accent', 'surface'],
  ['worse-text', 'paper'],
  ['worse-text', 'surface'],
  ['watch-text', 'paper'],
  ['watch-text', 'surface'],
  ['watch-text', 'watch-on'],
  ['inspect', 'surface'],
  ['inspect', 'inspect-on'],
  ['danger', 'surface'],
  ['good', 'surface'],
  ['good', 'good-on'],
]

test.for(texts)('%s is readable as text on %s in both schemes', ([text, ground]) => {
  for (const scheme of [0, 1] as const)
    expect(contrast(COLOURS[text][scheme], COLOURS[ground][scheme])).toBeGreaterThanOrEqual(4.5)
})
