import type { Random } from '#seed/random.ts'

export const NOW = Date.parse('2026-02-10T12:00:00Z')
const BUILDINGS = 40
const ORGANIZATIONS = 6
const STEPS = ['registered', 'acknowledged', 'closed', 'reopened', 'closed'] as const
/** A request that has come so far is open: after registration, acknowledgement and reopening. */
const OPEN_AT = new Set([1, 2, 4])

export interface Sent {
  id: string
  [field: string]: unknown
}

/** What the faults city has before the first request. */
export function registryEvents(): Sent[] {
  const at = NOW - 400 * 86_400_000
  const envelope = { occurredAt: at, source: 'faults' }
  const organizations = Array.from({ length: ORGANIZATIONS }, (_, n) => ({
    ...envelope,
    id: `faults:o-${n}`,
    type: 'organization.registered',
    organization: `o-${n}`,
    name: `Company ${n}`,
  }))
  const buildings = Array.from({ length: BUILDINGS }, (_, n) => [
    {
      ...envelope,
      id: `faults:b-${n}`,
      type: 'building.registered',
      building: `b-${n}`,
      address: { ru: `Липовая, ${n}` },
    },
    {
      ...envelope,
      id: `faults:b-${n}:tenure`,
      type: 'tenure.changed',
      building: `b-${n}`,
      organization: `o-${n % ORGANIZATIONS}`,
    },
  ])
  return [...organizations, ...buildings.flat()]
}

/** Requests of one sender, without end: each its own length of life, some due before now. Batches of 1 to 200 events. */
export function* batchesOf(sender: string, random: Random): Generator<Sent[]> {
  let batch: Sent[] = []
  let size = random.whole(1, 200)
  for (let n = 0; ; n++) {
    const request = `${sender}-${n}`
    const registeredAt = NOW - random.whole(2, 300) * 86_400_000
    const steps = random.whole(1, STEPS.length)
    for (const [index, step] of STEPS.slice(0, steps).entries()) {
      batch.push({
        id: `faults:${request}:${index}`,
        type: `request.${step}`,
        occurredAt: registeredAt + index * 3_600_000,
        source: 'faults',
        request,
        ...(index === 0 && {
          building: `b-${random.whole(0, BUILDINGS - 1)}`,
          ...(random.chance(0.5) && { dueAt: NOW + (random.chance(0.5) ? 1 : -1) * 86_400_000 }),
        }),
      })
      if (batch.length < size) continue
      yield batch
      batch = []
      size = random.whole(1, 200)
    }
  }
}

/** The counts that these events mean, by the plainest reading there is. */
export function expectedOf(
  rows: Iterable<{ request: string; step: number; dueAt: number | null }>,
) {
  const requests = new Map<string, { steps: number; dueAt: number | null }>()
  for (const { request, step, dueAt } of rows) {
    const known = requests.get(request)
    requests.set(request, {
      steps: Math.max(known?.steps ?? 0, step + 1),
      dueAt: dueAt ?? known?.dueAt ?? null,
    })
  }
  const open = [...requests.values()].filter(({ steps }) => OPEN_AT.has(steps))
  const overdue = open.filter(({ dueAt }) => dueAt !== null && dueAt < NOW)
  return { requests: requests.size, open: open.length, overdue: overdue.length }
}
