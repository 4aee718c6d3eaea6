import { inLanguage, type Language, type Words } from '#server/contract/vocabulary.ts'
import type { Answer } from '#web/api.ts'

export type Pack = Answer['norms']['list']['packs'][number]
export type NormLine = Pack['norms'][number]

/** Whether every word of the search is somewhere in the name, the acts or the reference of a norm. */
export function isFound(norm: NormLine, query: string, language: Language): boolean {
  const text = [
    norm.ref,
    inLanguage(norm.name, language),
    norm.region ? inLanguage(norm.region, language) : '',
    ...norm.groups.map((group) => inLanguage(group, language)),
    ...norm.categories.map((category) => inLanguage(category, language)),
    ...norm.citations.flatMap(({ title, paragraph = '' }) => [
      inLanguage(title, language),
      paragraph,
    ]),
  ]
    .join(' ')
    .toLowerCase()
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}

export const saidOf = (words: Words | null, language: Language) =>
  words ? inLanguage(words, language) : ''
