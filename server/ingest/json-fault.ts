/** Where and why a text is not JSON. `at` is an offset in UTF-16 units. */
export interface JsonFault {
  at: number
  message: string
}

const SPACE = /[ \t\n\r]*/y
const TOKEN =
  /[{}[\],:]|"[^"\\\p{Cc}]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\p{Cc}]*)*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/uy

type Expected = 'a value' | 'a field name in quotes' | 'a colon' | 'a comma or the end'

/**
 * Walks a text that JSON.parse refused. Needed because the engine's own message names no place for most faults, and
 * quotes the text, which may be personal.
 */
export function findJsonFault(text: string): JsonFault {
  const open: ('{' | '[')[] = []
  let expected: Expected = 'a value'
  let mayClose = false
  let at = 0
  const fault = (): JsonFault => {
    const found = at >= text.length ? 'the text ends' : `there is ${nameOf(text, at)}`
    const wanted =
      expected !== 'a comma or the end'
        ? expected
        : open.at(-1) === '{'
          ? 'a comma or "}"'
          : open.at(-1) === '['
            ? 'a comma or "]"'
            : 'the end'
    return { at, message: `${found} where ${wanted} is expected` }
  }
  for (;;) {
    SPACE.lastIndex = at
    at += SPACE.exec(text)?.[0].length ?? 0
    if (at >= text.length) return fault()
    TOKEN.lastIndex = at
    const token = TOKEN.exec(text)?.[0]
    if (token === undefined) return fault()
    const top = open.at(-1)
    if (token === '}' || token === ']') {
      const closes = (token === '}' ? '{' : '[') === top
      if (!closes || !(mayClose || expected === 'a comma or the end')) return fault()
      open.pop()
      expected = 'a comma or the end'
    } else if (token === ',') {
      if (expected !== 'a comma or the end' || !top) return fault()
      expected = top === '{' ? 'a field name in quotes' : 'a value'
      mayClose = false
      at += 1
      continue
    } else if (token === ':') {
      if (expected !== 'a colon') return fault()
      expected = 'a value'
    } else if (expected === 'a field name in quotes') {
      if (!token.startsWith('"')) return fault()
      expected = 'a colon'
    } else if (expected !== 'a value') return fault()
    else if (token === '{' || token === '[') {
      open.push(token)
      expected = token === '{' ? 'a field name in quotes' : 'a value'
      mayClose = true
      at += 1
      continue
    } else expected = 'a comma or the end'
    mayClose = false
    at += token.length
  }
}

/** The first field of a JSON text whose object has one of that name already. */
export function findRepeatedField(text: string): JsonFault {
  const open: (Set<string> | null)[] = []
  let before = ''
  for (const { 0: token, index: at } of text.matchAll(new RegExp(TOKEN.source, 'gu'))) {
    const names = open.at(-1)
    if (token === '{') open.push(new Set())
    else if (token === '[') open.push(null)
    else if (token === '}' || token === ']') open.pop()
    else if (names && token.startsWith('"') && (before === '{' || before === ',')) {
      const name = String(JSON.parse(token))
      if (names.has(name)) return { at, message: `the field ${token.slice(0, 80)} is told twice` }
      names.add(name)
    }
    before = token
  }
  return { at: 0, message: 'a field is told twice' }
}

function nameOf(text: string, at: number): string {
  const letter = String.fromCodePoint(text.codePointAt(at) ?? 0)
  if (letter === '"') return 'a string that does not end or holds a bad character'
  const code = `U+${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(letter) ? `"${letter}"` : code
}
