import type { Map as MapLibre, MapMouseEvent } from 'maplibre-gl'
import { isReady } from './building-states.ts'

/** A building, or a hexagon that stands for several at low zoom. */
export type Pointed = { key: number } | { sum: number; buildings: number }

interface Pointer {
  /** What a hexagon stands for; null while buildings themselves are drawn. */
  hexagon: () => ((position: number) => Pointed) | null
  hovered: (key: number | null) => void
  pointed: (what: Pointed | null, x: number, y: number) => void
  chosen: (key: number | null) => void
}

const BUILDINGS = ['outline', 'point', 'point-quiet', 'dot']
/** Pixels around the pointer in which a building is hit. */
const NEAR = 3

/** Tells what the pointer rests on and what it chooses; a chosen cell is come closer to. */
export function listenToPointer(
  map: MapLibre,
  { hexagon: hexagonNow, hovered, pointed, chosen }: Pointer,
) {
  const at = ({ point: { x, y } }: MapMouseEvent): Pointed | null => {
    if (!isReady(map)) return null
    const hexagon = hexagonNow()
    const layers = (hexagon ? ['hexagon'] : BUILDINGS).filter((id) => map.getLayer(id))
    const [first] = map.queryRenderedFeatures(
      [
        [x - NEAR, y - NEAR],
        [x + NEAR, y + NEAR],
      ],
      { layers },
    )
    if (typeof first?.id !== 'number') return null
    return hexagon ? hexagon(first.id) : { key: first.id }
  }
  map.on('mousemove', (event) => {
    const what = at(event)
    map.getCanvas().style.cursor = what ? 'pointer' : ''
    hovered(what && 'key' in what ? what.key : null)
    pointed(what, event.point.x, event.point.y)
  })
  const nothing = () => {
    hovered(null)
    pointed(null, 0, 0)
  }
  map.on('mouseout', nothing)
  // What stood under the pointer goes elsewhere, or becomes part of a hexagon.
  map.on('zoomstart', nothing)
  map.on('zoomend', nothing)
  map.on('click', (event) => {
    const what = at(event)
    if (!what) chosen(null)
    else if ('key' in what) chosen(what.key)
    else map.easeTo({ center: event.lngLat, zoom: Math.floor(map.getZoom()) + 2 })
  })
}
