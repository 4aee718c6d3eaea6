import { Hono } from 'hono'
import { LANGUAGES } from '#server/contract/vocabulary.ts'
import type { Registry } from '#server/domain/registry.ts'
import { geometryOf, namesOf } from './geometry.ts'
import { GROUND_PATH, groundAnswer, groundIn } from './ground.ts'
import { answer, keeper } from './packed.ts'
import { type Shapes, shapesOf } from './shapes.ts'
import { keptTiles, tileAddress } from './tile-answers.ts'

interface Under {
  /** Text of the GeoJSON under the buildings; null = the city has none. */
  basemap: () => string | null
  /** The PMTiles archive that `city.json` names, which may not be there; null = it names none. */
  ground: string | null
  /** Whom the outlines are owed to. */
  credits?: () => string[]
}

/** What is large, public and rarely changed; outside tRPC so that browsers keep it and the map's worker reads it. */
export function mapRoutes(
  registry: Registry,
  { basemap, ground, credits: owed = () => [] }: Under,
): Hono {
  const keep = keeper()
  const tiles = keptTiles()
  let known: { revision: number; shapes: Shapes } | null = null
  const shapes = () => {
    if (known?.revision !== registry.revision())
      known = { revision: registry.revision(), shapes: shapesOf(registry) }
    return known.shapes
  }
  const routes = new Hono()
  routes.get('/map/geometry', async ({ req }) => {
    const under = ground === null ? null : groundIn(ground)
    const credits = owed()
    return answer(
      req.raw,
      await keep(`geometry ${JSON.stringify([under, credits])}`, registry.revision(), () =>
        JSON.stringify(
          geometryOf(registry, {
            base: basemap() !== null,
            tiles: tileAddress(shapes().version),
            ground: under,
            credits,
          }),
        ),
      ),
    )
  })
  routes.get('/map/tiles/:version/:z/:x/:y', (context) =>
    tiles(shapes(), context.req.param(), context.req.raw),
  )
  routes.get(`${GROUND_PATH}/:stamp`, (context) =>
    ground === null
      ? context.json({ message: 'city.json names no basemap' }, 404)
      : groundAnswer(ground, context.req.param('stamp'), context.req.raw),
  )
  routes.get('/map/names/:language', async (context) => {
    const language = LANGUAGES.find((known) => known === context.req.param('language'))
    if (!language) return context.json({ message: `languages are ${LANGUAGES.join(', ')}` }, 404)
    return answer(
      context.req.raw,
      await keep(`names ${language}`, registry.revision(), () =>
        JSON.stringify(namesOf(registry, language)),
      ),
    )
  })
  routes.get('/map/base', async (context) => {
    const text = basemap()
    if (text === null) return context.json({ message: 'this city has no basemap.json' }, 404)
    return answer(context.req.raw, await keep('base', 0, () => text))
  })
  return routes
}
