import type { TFunction } from 'i18next'
import type { Card } from './card.ts'

const FEWEST_FLOORS = 17
const OLDEST = 1960
const NEWEST = 2011

/** What the similar buildings have in common, in words. */
export function likenessWords(
  { floors, years, lift }: Card['similar']['likeness'],
  t: TFunction<'buildings'>,
): string {
  const parts: string[] = []
  if (floors)
    parts.push(
      floors[0] >= FEWEST_FLOORS
        ? t('intensity.floorsFrom', { low: floors[0] })
        : t('intensity.floors', { low: floors[0], high: floors[1] }),
    )
  if (years) {
    const [low, high] = years
    if (high <= OLDEST) parts.push(t('intensity.yearsTo', { high }))
    else if (low >= NEWEST) parts.push(t('intensity.yearsFrom', { low }))
    else parts.push(t('intensity.years', { low, high }))
  }
  if (lift !== null) parts.push(t(lift ? 'intensity.lift' : 'intensity.noLift'))
  return parts.length > 0 ? parts.join(', ') : t('intensity.anyKnown')
}
