import { expect, test } from 'vitest'
import { hostGuard } from './hosts.ts'

const asked = (guard: ReturnType<typeof hostGuard>, url: string) =>
  guard(new Request(url))?.status ?? 200

test('a server of this machine answers to the names of this machine and to no stranger that points at it', () => {
  const guard = hostGuard('127.0.0.1', [])
  const answers = (url: string) => asked(guard, url)
  expect(
    ['http://localhost:8080/', 'http://127.0.0.1/', 'http://[::1]:8080/', 'http://LOCALHOST/'].map(
      answers,
    ),
  ).toEqual([200, 200, 200, 200])
  expect(
    [
      'http://rebound.example/trpc/shell.place',
      'http://localhost.rebound.example/',
      'http://1.localhost/',
      'http://127.evil.example/',
      'http://127.0.0.1.evil.example:8080/',
      'http://127.0.0.1evil.example/',
      'http://192.168.0.7/',
    ].map(answers),
  ).toEqual([403, 403, 403, 403, 403, 403, 403])
})

test('a refusal names the name and what to set', async () => {
  const refusal = hostGuard('localhost', [])(new Request('http://city.example/'))
  expect(await refusal?.json()).toEqual({
    error:
      'this server does not answer to the name "city.example": open it as localhost, or add the name to ALLOWED_HOSTS if it is yours',
  })
})

test('the names that an operator allows are answered to, with and without the loopback', () => {
  const allowed = ['Domovoi.City.Example']
  for (const host of ['127.0.0.1', '0.0.0.0']) {
    const guard = hostGuard(host, allowed)
    expect(
      ['http://domovoi.city.example/', 'http://localhost/', 'http://other.example/'].map((url) =>
        asked(guard, url),
      ),
    ).toEqual([200, 200, 403])
  }
})

test('a server that listens to everybody and names nobody answers to every name', () => {
  expect(asked(hostGuard('0.0.0.0', []), 'http://anything.example/')).toBe(200)
})
