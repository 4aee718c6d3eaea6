import { expect, test } from 'vitest'
import enFirst from './en/index.ts'
import enLater from './en/later.ts'
import kkFirst from './kk/index.ts'
import kkLater from './kk/later.ts'
import ruFirst from './ru/index.ts'
import ruLater from './ru/later.ts'

const ru = { ...ruFirst, ...ruLater }
const kk = { ...kkFirst, ...kkLater }
const en = { ...enFirst, ...enLater }

type Tree = { readonly [key: string]: string | Tree }

const leaves = (tree: Tree, path = ''): [key: string, text: string][] =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[`${path}${key}`, value]] : leaves(value, `${path}${key}.`),
  )

/** i18next takes the form of a plural from the end of its key. */
const PLURAL = /_(zero|one|two|few|many|other)$/
const bare = (key: string) => key.replace(PLURAL, '')
const catalogues: Record<string, Tree> = { ru, kk, en } as never
const FORMS = { ru: ['few', 'many', 'one', 'other'], kk: ['one', 'other'], en: ['one', 'other'] }

test.for(['kk', 'en'])('%s says everything that Russian says, and nothing else', (language) => {
  const keys = (name: string) => [
    ...new Set(leaves(catalogues[name] ?? {}).map(([key]) => bare(key))),
  ]
  expect(keys(language).sort()).toEqual(keys('ru').sort())
})

test.for(Object.entries(FORMS))('%s has every form of every plural', ([language, forms]) => {
  const found = new Map<string, string[]>()
  for (const [key] of leaves(catalogues[language] ?? {})) {
    const form = PLURAL.exec(key)?.[1]
    if (form) found.set(bare(key), [...(found.get(bare(key)) ?? []), form])
  }
  const lame = [...found].filter(([, has]) => has.sort().join() !== forms.join())
  expect(lame).toEqual([])
})

test.for(['kk', 'en'])('%s uses the same values and the same links as Russian', (language) => {
  const marks = (text: string) => [
    [
      ...new Set(
        text.replace(/, (dative|ablative|locative)\}/g, '}').match(/\{\{\w+\}\}|<\/?\w+>/g) ?? [],
      ),
    ]
      .sort()
      .join(' '),
    (text.match(/\[/g) ?? []).length,
  ]
  const russian = new Map(leaves(ru as never).map(([key, text]) => [bare(key), marks(text)]))
  const others = leaves(catalogues[language] ?? {}).map(([key, text]): [string, unknown] => [
    bare(key),
    marks(text),
  ])
  for (const [key, found] of others) expect([key, found]).toEqual([key, russian.get(key)])
})

test('no text is empty or left in a language that is not its own', () => {
  for (const [language, catalogue] of Object.entries(catalogues))
    for (const [key, text] of leaves(catalogue)) {
      expect([language, key, text.trim()]).not.toEqual([language, key, ''])
      if (language === 'en') expect([key, /\p{Script=Cyrillic}/u.test(text)]).toEqual([key, false])
    }
})
