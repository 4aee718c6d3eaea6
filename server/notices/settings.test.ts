import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openDatabase } from './database.ts'
import { NO_ENVIRONMENT, readNoticesSettings } from './settings.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'notices-settings-'))
})
afterEach(() => rmSync(folder, { recursive: true }))
const write = (content: unknown) =>
  writeFileSync(
    join(folder, 'notices.json'),
    typeof content === 'string' ? content : JSON.stringify(content),
  )
const read = (given = {}) => readNoticesSettings(folder, { ...NO_ENVIRONMENT, ...given })
const SECRET = `whsec_${Buffer.alloc(32, 1).toString('base64')}`

test('a folder without the file has no way out but the page', () => {
  expect(read()).toEqual({ smtp: null, telegram: null, webhooks: [], publicUrl: null })
})

test('the environment stands above the file, field by field', () => {
  write({
    smtp: { url: 'smtp://old.example', from: 'A <a@city.example>' },
    telegram: { token: 'file-token', base: 'http://10.0.0.7:8081/' },
  })
  expect(
    read({
      smtpUrl: 'smtps://u:p@new.example',
      telegramToken: 'env-token',
      publicUrl: 'https://d.city.example/',
    }),
  ).toEqual({
    smtp: { url: 'smtps://u:p@new.example', from: 'A <a@city.example>', tls: 'always', ca: null },
    telegram: { token: 'env-token', base: 'http://10.0.0.7:8081' },
    ...{ webhooks: [], publicUrl: 'https://d.city.example' },
  })
})

test.for([
  ['smtp://relay.example', 'maybe'],
  ['smtp://user:pass@relay.example', 'always'],
] as const)(
  'a password is not sent in the clear unless somebody wrote so: %s is %s',
  ([url, tls]) => {
    expect(read({ smtpUrl: url }).smtp?.tls).toBe(tls)
  },
)

test.for([
  ['text', '{ "smtp": { "url": "smtp://u:hunter2@h" ', 'is not JSON'],
  ['a wrong address', { smtp: { url: 'http://u:hunter2@h' } }, 'smtp.url'],
  ['a wrong secret', { webhooks: [{ host: 'a.example', secret: 'hunter2' }] }, 'webhooks.0.secret'],
  ['an unknown field', { telegram: { token: 'hunter2hunter2', tokens: 'hunter2' } }, 'telegram'],
  [
    'an address with a path',
    { webhooks: [{ host: 'a.example/hook', secret: SECRET }] },
    'webhooks.0.host',
  ],
] as const)('%s is named by its field and never by its value', ([, content, said]) => {
  write(content)
  expect(() => read()).toThrow(said)
  expect(() => read()).not.toThrow('hunter2')
})

test('the file with addresses of people is readable by its owner alone', () => {
  const file = join(folder, 'notices.sqlite')
  const { db } = openDatabase(file)
  for (const name of [file, `${file}-wal`, `${file}-shm`])
    expect(statSync(name).mode & 0o077).toBe(0)
  db.close()
})
