import type { LayerSpecification } from 'maplibre-gl'
import { type Features, feature } from './geometry.ts'
import type { Look } from './look.ts'

/** A place that something is said of as a whole. */
export interface Area {
  id: number
  /** Drawn dashed: nobody has said that it is so. */
  suspected: boolean
  /** Closed ring, [lon, lat]. */
  outline: readonly (readonly [number, number])[]
}

export const areaFeatures = (areas: readonly Area[]): Features<unknown> => ({
  type: 'FeatureCollection',
  features: areas.map(({ id, suspected, outline }) =>
    feature(id, { type: 'Polygon', coordinates: [outline] }, { suspected }),
  ),
})

/** Dashes cannot follow the data of a feature: what is suspected and what is said are two layers. */
export function areaLayers({ palette, scale }: Look): LayerSpecification[] {
  const of = (suspected: boolean) => ['==', ['get', 'suspected'], suspected] as never
  return [
    {
      id: 'area-suspected',
      type: 'fill',
      source: 'areas',
      filter: of(true),
      paint: { 'fill-color': palette.watch, 'fill-opacity': 0.12 },
    },
    {
      id: 'area-suspected-line',
      type: 'line',
      source: 'areas',
      filter: of(true),
      layout: { 'line-join': 'round' },
      paint: {
        'line-color': palette.watch,
        'line-width': 2 * scale,
        'line-dasharray': [3, 2],
      },
    },
    {
      id: 'area-announced-line',
      type: 'line',
      source: 'areas',
      filter: of(false),
      layout: { 'line-join': 'round' },
      paint: { 'line-color': palette.ink, 'line-width': 1.5 * scale },
    },
  ]
}
