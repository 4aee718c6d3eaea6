import { expect, test } from 'vitest'
import { dayOfIso } from '#web/lib/city-time.ts'
import { presetSpan, RANGE_PRESETS, spanOfAddress, spanToAddress } from './period.ts'

const today = dayOfIso('2026-03-05')

test('presets are whole local days, half-open', () => {
  expect(RANGE_PRESETS.map((preset) => [preset, spanToAddress(presetSpan(preset, today))])).toEqual(
    [
      ['last7', { from: '2026-02-27', to: '2026-03-06' }],
      ['last30', { from: '2026-02-04', to: '2026-03-06' }],
      ['last90', { from: '2025-12-06', to: '2026-03-06' }],
      ['thisMonth', { from: '2026-03-01', to: '2026-03-06' }],
      ['lastMonth', { from: '2026-02-01', to: '2026-03-01' }],
      ['last365', { from: '2025-03-06', to: '2026-03-06' }],
    ],
  )
})

test('an address with an empty or broken period says no period', () => {
  expect(spanOfAddress({}, today)).toBeNull()
  expect(spanOfAddress({ from: '2026-03-05', to: '2026-03-05' }, today)).toBeNull()
  expect(spanOfAddress({ from: 'yesterday' }, today)).toBeNull()
  expect(spanOfAddress({ from: '2026-03-01' }, today)).toEqual({ from: today - 4, to: today + 1 })
})
