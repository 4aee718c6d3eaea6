import type { Building, Registry } from '#server/domain/registry.ts'

/** Buildings of the registry that stand, by key. */
export const present = (registry: Registry): Building[] =>
  [...registry.buildings()].filter((building) => !building.gone).sort((a, b) => a.key - b.key)

export const isOutlined = ({ outline }: Building) => (outline ?? []).some((ring) => ring.length > 2)

/** The position of the register, else the middle of the footprint. Zero by zero is what sources write for "unknown". */
export function centreOf({ lon, lat, outline }: Building): [number, number] | null {
  if (lon !== null && lat !== null && (lon !== 0 || lat !== 0)) return [lon, lat]
  const [outer] = outline ?? []
  if (!outer || outer.length === 0) return null
  const sum = outer.reduce(([x, y], corner) => [x + corner[0], y + corner[1]] as const, [0, 0])
  return [sum[0] / outer.length, sum[1] / outer.length]
}
