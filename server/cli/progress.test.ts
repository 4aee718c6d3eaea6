import { expect, test } from 'vitest'
import { createProgress } from './progress.ts'

function screen(isTerminal: boolean) {
  const written: string[] = []
  let now = 0
  return {
    written,
    pass: (milliseconds: number) => {
      now += milliseconds
    },
    screen: { write: (text: string) => void written.push(text), isTerminal, clock: () => now },
  }
}

test('a terminal sees the bar move, at most ten times a second', () => {
  const { written, pass, screen: given } = screen(true)
  const bar = createProgress('verified', given)
  bar.at(0, 4000)
  bar.at(10)
  pass(1000)
  bar.at(2000)
  bar.end()
  expect(written.map((text) => text.replace('\r\u001b[K', ''))).toEqual([
    'verified ░░░░░░░░░░░░░░░░░░░░░░░░ 0 % · 0 of 4,000',
    'verified ████████████░░░░░░░░░░░░ 50 % · 2,000 of 4,000 · 2,000/s',
    'verified ████████████░░░░░░░░░░░░ 50 % · 2,000 of 4,000 · 2,000/s\n',
  ])
})

test('a file gets one line at the end, and none where there was nothing to do', () => {
  const { written, pass, screen: given } = screen(false)
  const bar = createProgress('rebuilt', given)
  bar.at(10, 20)
  pass(500)
  bar.at(20)
  bar.end()
  expect(written).toEqual(['rebuilt ████████████████████████ 100 % · 20 of 20 · 40/s\n'])
  createProgress('facts', given).end()
  expect(written).toHaveLength(1)
})
