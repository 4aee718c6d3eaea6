type Ring = readonly (readonly [lon: number, lat: number])[]

/**
 * The rings of a footprint as polygons: an outer ring with its holes. A ring whose first corner lies within an earlier outer ring is a
 * hole of it; any other is a further part. Rings of fewer than three corners are no shape and fall out; open rings are closed.
 */
export function partsOf(rings: readonly Ring[]): Ring[][] {
  const parts: Ring[][] = []
  for (const ring of rings) {
    if (ring.length < 3) continue
    const whole = closed(ring)
    const [corner] = whole
    const around = corner && parts.find(([outer]) => outer && holds(outer, corner))
    if (around) around.push(whole)
    else parts.push([whole])
  }
  return parts
}

function closed(ring: Ring): Ring {
  const [first] = ring
  const last = ring.at(-1)
  return first && last && (first[0] !== last[0] || first[1] !== last[1]) ? [...ring, first] : ring
}

/** Whether a point lies within a ring, by how often a line from it to the west crosses the ring; on the edge either may be told. */
export function holds(ring: Ring, [x, y]: readonly [number, number]): boolean {
  let inside = false
  let [ax, ay] = ring.at(-1) ?? [0, 0]
  for (const [bx, by] of ring) {
    if (by > y !== ay > y && x < ((ax - bx) * (y - by)) / (ay - by) + bx) inside = !inside
    ;[ax, ay] = [bx, by]
  }
  return inside
}
