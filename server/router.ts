import { buildingsRouter } from './features/buildings/router.ts'
import { contactsRouter } from './features/contacts/router.ts'
import { dossierRouter } from './features/flags/dossier-router.ts'
import { flagsRouter } from './features/flags/router.ts'
import { intakeRouter } from './features/intake/router.ts'
import { integrityRouter } from './features/integrity/router.ts'
import { deviation } from './features/map/queries.ts'
import { mapRouter } from './features/map/router.ts'
import { metricsRouter } from './features/metrics/router.ts'
import { normsRouter } from './features/norms/router.ts'
import { noticesRouter } from './features/notices/router.ts'
import { organizationsRouter } from './features/organizations/router.ts'
import { outagesNow } from './features/outages/list.ts'
import { outagesRouter } from './features/outages/router.ts'
import { overviewRouter } from './features/overview/router.ts'
import { emergenciesKnown, overviewState } from './features/overview/state.ts'
import { presetsRouter } from './features/presets/router.ts'
import { registryRouter } from './features/registry/router.ts'
import { replayRouter } from './features/replay/router.ts'
import { requestsRouter } from './features/requests/router.ts'
import { screensRouter } from './features/screens/router.ts'
import { freshness } from './features/shell/freshness.ts'
import { shellRouter } from './features/shell/router.ts'
import { sourcesRouter } from './features/sources/router.ts'
import { todayRouter } from './features/today/router.ts'
import { createWallRouter } from './features/wall/router.ts'
import { dayNumbers } from './today/day.ts'
import { router } from './trpc.ts'

/** One line per feature. */
export const appRouter = router({
  buildings: buildingsRouter,
  contacts: contactsRouter,
  dossier: dossierRouter,
  overview: overviewRouter,
  flags: flagsRouter,
  intake: intakeRouter,
  integrity: integrityRouter,
  map: mapRouter,
  metrics: metricsRouter,
  norms: normsRouter,
  notices: noticesRouter,
  organizations: organizationsRouter,
  outages: outagesRouter,
  presets: presetsRouter,
  registry: registryRouter,
  replay: replayRouter,
  requests: requestsRouter,
  screens: screensRouter,
  shell: shellRouter,
  sources: sourcesRouter,
  today: todayRouter,
  wall: createWallRouter({
    overview: overviewState,
    freshness,
    deviation,
    outages: outagesNow,
    today: dayNumbers,
    emergenciesKnown,
  }),
})
export type AppRouter = typeof appRouter
