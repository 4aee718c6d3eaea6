import type { Map as MapLibre } from 'maplibre-gl'

/** A browser that does not give a lost context back within so long is asked for another. */
const GIVEN_BACK_MS = 5000

/** Tells when the graphics context came back, and when it did not. Returns what ends the waiting. */
export function watchContext(
  map: MapLibre,
  { restored, lost }: { restored: () => void; lost: () => void },
): () => void {
  let waiting: ReturnType<typeof setTimeout> | undefined
  map.on('webglcontextlost', () => {
    clearTimeout(waiting)
    waiting = setTimeout(lost, GIVEN_BACK_MS)
  })
  map.on('webglcontextrestored', () => {
    clearTimeout(waiting)
    restored()
    // MapLibre waits once for a context that cannot be made, at each that is made: this lets the waiting ones go.
    map.getCanvas().dispatchEvent(new Event('webglcontextcreationerror'))
  })
  return () => clearTimeout(waiting)
}
