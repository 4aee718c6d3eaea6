import type { Context as Call } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'

export type Format = 'json' | 'xml'

/** What the protocol tells a client whose question is not right: in its own body, with its status. */
export class Open311Error extends Error {
  readonly status: ContentfulStatusCode
  constructor(status: ContentfulStatusCode, description: string) {
    super(description)
    this.status = status
  }
}

type Value =
  | string
  | number
  | boolean
  | null
  | readonly Value[]
  | { readonly [name: string]: Value }

/** What an item of a list is called in XML; JSON has no such names. */
const ITEMS: Readonly<Record<string, string>> = {
  services: 'service',
  attributes: 'attribute',
  values: 'value',
  service_requests: 'request',
  errors: 'error',
  endpoints: 'endpoint',
  formats: 'format',
}

// Control characters, halves of surrogate pairs and U+FFFE/FFFF cannot stand in XML 1.0, even escaped.
const IMPOSSIBLE = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu
const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\r': '&#13;',
}
const textOf = (text: string) =>
  text.replaceAll(IMPOSSIBLE, '\uFFFD').replaceAll(/[&<>"'\r]/g, (sign) => ESCAPES[sign] ?? sign)

export const xmlOf = (root: string, value: Value) =>
  `<?xml version="1.0" encoding="utf-8"?>\n${element(root, value)}\n`

function element(name: string, value: Value): string {
  if (value === null || value === '') return `<${name}/>`
  if (Array.isArray(value))
    return `<${name}>${value.map((item: Value) => element(ITEMS[name] ?? 'item', item)).join('')}</${name}>`
  if (typeof value === 'object')
    return `<${name}>${Object.entries(value)
      .map(([inner, content]) => element(inner, content))
      .join('')}</${name}>`
  return `<${name}>${textOf(String(value))}</${name}>`
}

/** @param root the name of the outer element in XML. */
export function told(
  c: Call,
  format: Format,
  { root, value, status = 200 }: { root: string; value: object; status?: ContentfulStatusCode },
) {
  c.header('Cache-Control', 'no-store')
  const json = format === 'json'
  c.header('Content-Type', json ? 'application/json; charset=utf-8' : 'text/xml; charset=utf-8')
  // Built from strings and numbers only; an interface has no index signature of its own.
  return c.body(json ? JSON.stringify(value) : xmlOf(root, value as Value), status)
}

export const refused = (
  c: Call,
  format: Format,
  status: ContentfulStatusCode,
  description: string,
) => told(c, format, { root: 'errors', value: [{ code: status, description }], status })

/** `284.xml` is number 284 in XML. Without an ending the client's Accept decides, and XML where it does not. */
export function formatOf(c: Call, name: string): { format: Format; name: string } {
  const [, before, ending] = /^(.*)\.(json|xml)$/s.exec(name) ?? []
  if (before !== undefined) return { format: ending === 'json' ? 'json' : 'xml', name: before }
  return { format: c.req.header('accept')?.includes('json') ? 'json' : 'xml', name }
}
