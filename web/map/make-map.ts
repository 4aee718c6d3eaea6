import 'maplibre-gl/dist/maplibre-gl.css'
import {
  getGlobalDispatcher,
  Map as MapLibre,
  type MapSourceDataEvent,
  setWorkerUrl,
} from 'maplibre-gl'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url'
import { WHOLE } from './camera.ts'
import type { Drawing } from './drawing.ts'
import type { Features } from './geometry.ts'
import type { Look } from './look.ts'
import { cityStyle } from './style.ts'

setWorkerUrl(workerUrl)
// A ping starts the worker while the page still asks for the city.
getGlobalDispatcher()
  .broadcast('PI', undefined)
  .catch(() => {})

/** Throws where the browser gives no WebGL. */
export function makeMap(drawing: Drawing, base: Features<unknown>, look: Look): MapLibre {
  const { city, view } = drawing
  const map = new MapLibre({
    container: drawing.container,
    style: cityStyle(city, base, look),
    interactive: drawing.interactive,
    attributionControl: false,
    fadeDuration: 0,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    maxPitch: 0,
    // Whoever made the drawing tells it of its room.
    trackResize: false,
    minZoom: 7,
    maxZoom: 19,
    reduceMotion: drawing.reducedMotion,
    renderWorldCopies: false,
    validateStyle: false,
    ...(view
      ? { center: [view.lon, view.lat], zoom: view.zoom }
      : city.bounds
        ? { bounds: city.bounds, fitBoundsOptions: WHOLE }
        : {}),
  })
  map.touchZoomRotate.disableRotation()
  map.keyboard.disableRotation()
  return map
}

/** A copy of the picture as it stands; a canvas of graphics forgets its own after each frame. */
export const pictureOf = (map: MapLibre): Promise<HTMLCanvasElement> =>
  new Promise((resolve) => {
    map.once('render', () => {
      const drawn = map.getCanvas()
      const copy = document.createElement('canvas')
      copy.width = drawn.width
      copy.height = drawn.height
      copy.getContext('2d')?.drawImage(drawn, 0, 0)
      resolve(copy)
    })
    map.triggerRepaint()
  })

/** Calls back once, when a first tile of the source that is shown has been drawn; null = the map is not going to have any. */
export function onceDrawn(map: MapLibre, sourceNow: (() => string) | null, listener: () => void) {
  if (!sourceNow) {
    map.once('load', listener)
    return
  }
  const heard = ({ sourceId, tile }: MapSourceDataEvent) => {
    if (!tile || sourceId !== sourceNow()) return
    map.off('sourcedata', heard)
    map.once('render', listener)
  }
  map.on('sourcedata', heard)
}
