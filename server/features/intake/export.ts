import { z } from 'zod'
import { DESK_QUEUES } from '#server/contract/desk.ts'
import { inLanguage } from '#server/contract/vocabulary.ts'
import type { ExportColumn, ExportTable } from '#server/export/columns.ts'
import { defineExport } from '#server/export/definition.ts'
import { refuseUnknown } from '#server/export/filter-words.ts'
import { DOMAIN_WORDS, EXPORT_WORDS } from '#server/export/words.ts'
import { Refusal } from '#server/trpc.ts'
import { type DeskLine, deskQueue } from './desk.ts'

const ALL = 1_000_000

/** One queue of the duty desk, whole, with the best suggestion of each line. */
export const deskExport = defineExport(async ({ context, search, language }) => {
  refuseUnknown(search, ['queue'])
  const queue = z.enum(DESK_QUEUES).safeParse(search.get('queue'))
  if (!queue.success)
    throw new Refusal('BAD_REQUEST', `queue is one of ${DESK_QUEUES.join(', ')}; choose one`)
  const { rows } = await deskQueue(context, queue.data, ALL)
  const words = DOMAIN_WORDS[language]
  const columns: ExportColumn<DeskLine>[] = [
    { id: 'number', type: 'text', width: 18, value: (row) => row.number },
    { id: 'registeredAt', type: 'instant', value: (row) => row.registeredAt },
    { id: 'source', type: 'text', width: 14, value: (row) => row.source },
    { id: 'channel', type: 'text', width: 16, value: (row) => words.channel[row.channel] },
    { id: 'kind', type: 'text', width: 16, value: (row) => words.kind[row.kind] },
    {
      id: 'category',
      type: 'text',
      width: 28,
      value: (row) => row.category && inLanguage(row.category, language),
    },
    {
      id: 'responsibleNow',
      type: 'text',
      width: 28,
      value: (row) => row.organization?.name ?? null,
    },
    { id: 'about', type: 'text', width: 28, value: (row) => row.about?.name ?? null },
    { id: 'addressee', type: 'text', width: 28, value: (row) => row.addressee?.name ?? null },
    {
      id: 'address',
      type: 'text',
      width: 34,
      value: (row) => row.building && inLanguage(row.building.address, language),
    },
    { id: 'place', type: 'text', width: 34, value: (row) => row.place },
    { id: 'unknownHouse', type: 'text', width: 18, value: (row) => row.unknownHouse },
    { id: 'lon', type: 'number', value: (row) => row.lon },
    { id: 'lat', type: 'number', value: (row) => row.lat },
    {
      id: 'suggested',
      type: 'text',
      width: 34,
      value: ({ suggestions: [best] }) => (best ? inLanguage(best.address, language) : null),
    },
    {
      id: 'score',
      type: 'number',
      value: ({ suggestions: [best] }) => (best ? Math.round(best.score * 100) / 100 : null),
    },
    { id: 'acknowledgedAt', type: 'instant', value: (row) => row.acknowledgedAt },
  ]
  return {
    title: EXPORT_WORDS[language].desk[queue.data],
    columns,
    rows: (async function* () {
      yield rows
    })(),
    count: rows.length,
    about: [],
  } satisfies ExportTable<DeskLine>
})
