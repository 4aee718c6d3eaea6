import { expect, test } from 'vitest'
import { topicOf } from './page-topic.ts'

const page = (over: Partial<Parameters<typeof topicOf>[0]>) =>
  topicOf({ routeId: '/', params: {}, search: {}, staticData: { scope: true }, ...over })

test('a page of one district, organization or house wants its news, every other page those of the city', () => {
  expect(page({})).toBe('city')
  expect(page({ search: { district: ['garden'] } })).toBe('district:garden')
  expect(page({ search: { district: ['garden', 'old'] } })).toBe('city')
  expect(page({ search: { district: ['garden'] }, staticData: {} })).toBe('city')
  const organization = {
    routeId: '/organizations/$organization',
    params: { organization: 'sever' },
  }
  expect(page({ ...organization, search: { district: ['garden'] } })).toBe('organization:sever')
  expect(page({ routeId: '/buildings/$building', params: { building: 'b-1' } })).toBe(
    'building:b-1',
  )
  expect(page({ routeId: '/districts/$district', params: { district: 'old' } })).toBe(
    'district:old',
  )
})

test('an address that nobody could have meant does not disturb the stream', () => {
  expect(page({ search: { district: [''] } })).toBe('city')
  expect(page({ search: { district: ['x'.repeat(201)] } })).toBe('city')
})

test('a page without a frame says itself what it is about', () => {
  expect(page({ staticData: { frame: 'none' } })).toBe(null)
})
