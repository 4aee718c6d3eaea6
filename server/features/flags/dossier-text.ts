import type { Span } from './dossier-model.ts'

/** A template with its `{name}` filled in; an unknown name stays as it is, so that a gap is seen. */
export const filled = (template: string, values: Readonly<Record<string, string>>): string =>
  template.replace(/\{\*?(\w+)\}/g, (whole, name: string) => values[name] ?? whole)

/** The same, `{*name}` set strong. `before` goes in front. */
export function rich(
  template: string,
  values: Readonly<Record<string, string>>,
  before = '',
): Span[] {
  const spans = `${before}${template}`.split(/(\{\*\w+\})/).map((part): Span => {
    const [, name] = /^\{\*(\w+)\}$/.exec(part) ?? []
    return name === undefined ? filled(part, values) : { strong: values[name] ?? part }
  })
  return spans.filter((span) => span !== '')
}
