import { CONDUCT } from './conduct.ts'
import type { Category, Organization, Registry } from './registry.ts'

/** Who looks after common property: a request of another kind was sent to the wrong one of these. */
const KEEPERS: ReadonlySet<string> = new Set(['uk', 'tszh', 'zhsk', 'osi', 'ksk', 'pt'])
export const isKeeper = (organization: Organization | undefined) =>
  organization !== undefined && KEEPERS.has(organization.kind)

interface Rule {
  /** Of the category, with its group, in any language. */
  category: RegExp
  kind: Organization['kind']
  /** Of the organization's name; where none fits, the only one of the kind. */
  name: RegExp
}
/** Categories that are not the house's own, and whom they belong to. */
const RULES: readonly Rule[] = [
  { category: /газ(?!он)|(?<!\p{L})gas(?!\p{L})/iu, kind: 'supplier', name: /газ|gas/i },
  {
    category: /электросч[её]тчик|электр есептегіші|electricity meter/iu,
    kind: 'supplier',
    name: /электр|энерг|power/i,
  },
  {
    category: /наружн\S* (?:сет|канализ)|прорыв на улиц|water main/iu,
    kind: 'supplier',
    name: /вод|су |water/i,
  },
  { category: /теплотрасс|жылу трассасы|heat main/iu, kind: 'supplier', name: /тепл|жылу|heat/i },
  {
    category: /вывез\S* мусор|вывоз\S* (?:мусор|тко)|қоқыс шығар|bins not emptied/iu,
    kind: 'department',
    name: /благоустр|коммун|абаттанд|yard/i,
  },
  {
    category: /деревья|газон|ағаштар|trees/iu,
    kind: 'department',
    name: /благоустр|абаттанд|yard/i,
  },
]

const wordsOf = ({ name, group }: Category) =>
  [...Object.values(name), ...Object.values(group ?? {})].join(' · ')

/** A complaint about the conduct of whoever answers: as the city says of its category, else by the category's words. */
export const isAboutCompany = (kind: string, category: Category | undefined) =>
  kind === 'complaint' &&
  category !== undefined &&
  (category.about === null ? CONDUCT.test(wordsOf(category)) : category.about === 'company')

/** Whom a category belongs to when not to the house's own company; undefined where the house's own is right or nobody is known. */
export function properAddressee(
  category: Category | undefined,
  organizations: Iterable<Organization>,
): Organization | undefined {
  if (!category) return undefined
  const words = wordsOf(category)
  const rule = RULES.find((known) => known.category.test(words))
  if (!rule) return undefined
  const able = [...organizations]
    .filter(({ kind, mergedInto }) => kind === rule.kind && mergedInto === null)
    .sort((a, b) => (a.id < b.id ? -1 : 1))
  return able.find(({ name }) => rule.name.test(name)) ?? (able.length === 1 ? able[0] : undefined)
}

/**
 * Who takes complaints about companies: whom the city chose, where the registry knows them; else its inspectorate, else its
 * department, of several the first by id.
 */
export function authorityOf(
  registry: Pick<Registry, 'organizations' | 'organizationById'>,
  chosen?: string,
): Organization | undefined {
  const known = chosen === undefined ? undefined : registry.organizationById(chosen)
  if (known) return known
  const of = (kind: string) =>
    [...registry.organizations()]
      .filter((known) => known.kind === kind)
      .reduce<Organization | undefined>((a, b) => (a && a.id < b.id ? a : b), undefined)
  return of('inspectorate') ?? of('department')
}

/** Takes complaints about companies and manages no house: it is compared with nobody. */
export const isAuthority = ({ kind }: Pick<Organization, 'kind'>): boolean =>
  kind === 'inspectorate'
