import type { Map as MapLibre, MapMouseEvent } from 'maplibre-gl'
import { isReady } from './building-states.ts'

/** A building, or a cell that stands for several at low zoom. */
export type Pointed = { key: number } | { sum: number; buildings: number }

interface Pointer {
  /** Points are too small to be chosen while cells stand for them. */
  onCells: () => boolean
  hovered: (key: number | null) => void
  pointed: (what: Pointed | null, x: number, y: number) => void
  chosen: (key: number | null) => void
}

const BUILDINGS = ['outline', 'point', 'point-quiet', 'dot']
/** Pixels around the pointer in which a building is hit. */
const NEAR = 3

/** Tells what the pointer rests on and what it chooses; a chosen cell is come closer to. */
export function listenToPointer(map: MapLibre, { onCells, hovered, pointed, chosen }: Pointer) {
  const at = ({ point: { x, y } }: MapMouseEvent): Pointed | null => {
    if (!isReady(map)) return null
    const layers = (onCells() ? ['cell'] : BUILDINGS).filter((id) => map.getLayer(id))
    const [first] = map.queryRenderedFeatures(
      [
        [x - NEAR, y - NEAR],
        [x + NEAR, y + NEAR],
      ],
      { layers },
    )
    if (!first) return null
    if (first.layer.id === 'cell')
      return { sum: Number(first.properties.sum), buildings: Number(first.properties.buildings) }
    return typeof first.id === 'number' ? { key: first.id } : null
  }
  map.on('mousemove', (event) => {
    const what = at(event)
    map.getCanvas().style.cursor = what ? 'pointer' : ''
    hovered(what && 'key' in what ? what.key : null)
    pointed(what, event.point.x, event.point.y)
  })
  map.on('mouseout', () => {
    hovered(null)
    pointed(null, 0, 0)
  })
  map.on('click', (event) => {
    const what = at(event)
    if (!what) chosen(null)
    else if ('key' in what) chosen(what.key)
    else map.easeTo({ center: event.lngLat, zoom: Math.floor(map.getZoom()) + 2 })
  })
}
