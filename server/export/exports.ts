import { buildingsExport } from '#server/features/buildings/export.ts'
import { flagsExport } from '#server/features/flags/export.ts'
import { deskExport } from '#server/features/intake/export.ts'
import { integrityExport } from '#server/features/integrity/export.ts'
import { differencesExport } from '#server/features/metrics/export.ts'
import { normsExport } from '#server/features/norms/export.ts'
import {
  organizationBuildingsExport,
  organizationsExport,
} from '#server/features/organizations/export.ts'
import {
  breakdownExport,
  monthsExport,
  onTimeExport,
  outcomesExport,
  stagesExport,
} from '#server/features/organizations/unit-exports.ts'
import {
  registryBuildingsExport,
  registryOrganizationsExport,
} from '#server/features/registry/export.ts'
import { replayExport } from '#server/features/replay/export.ts'
import { requestsExport } from '#server/features/requests/export.ts'
import { completenessExport } from '#server/features/sources/export.ts'
import type { ExportDefinition } from './definition.ts'

/** One line per table. */
export const exports: Readonly<Record<string, ExportDefinition>> = {
  breakdown: breakdownExport,
  buildings: buildingsExport,
  completeness: completenessExport,
  desk: deskExport,
  differences: differencesExport,
  flags: flagsExport,
  integrity: integrityExport,
  norms: normsExport,
  'on-time': onTimeExport,
  organizations: organizationsExport,
  'organization-buildings': organizationBuildingsExport,
  'registry-buildings': registryBuildingsExport,
  'registry-organizations': registryOrganizationsExport,
  outcomes: outcomesExport,
  replay: replayExport,
  requests: requestsExport,
  stages: stagesExport,
  'unit-months': monthsExport,
}
