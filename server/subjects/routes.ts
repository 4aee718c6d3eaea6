import { Hono } from 'hono'
import { z } from 'zod'
import { SubjectRecord } from '#server/contract/subjects.ts'
import { personalId } from '#server/domain/personal-fault.ts'
import { readBody } from '#server/ingest/body.ts'
import { checkAgainst } from '#server/ingest/check.ts'
import { presentsKey } from '#server/ingest/key.ts'
import { BatchFault, itemsOf, type LineFault } from '#server/ingest/lines.ts'
import { NO_PERSON } from '#server/ingest/personal-names.ts'
import type { Gate } from '#server/ingest/pressure.ts'
import { type Answer, refusal } from '#server/ingest/routes.ts'
import type { Subjects } from './subjects.ts'

interface SubjectRoutes {
  subjects: Subjects
  key: string
  gate: Gate
  now: () => number
  report: (where: string, cause: unknown) => void
}

/** `POST /ingest/subjects`: people apart from the events, stored whole and acknowledged after the fsync, or not at all. */
export function subjectRoutes(options: SubjectRoutes): Hono {
  const { key, gate } = options
  const app = new Hono()
  app.post('/ingest/subjects', async (c) => {
    c.header('Cache-Control', 'no-store')
    if (!presentsKey(c.req.raw.headers, key)) {
      c.header('WWW-Authenticate', 'Bearer')
      return c.json({ error: 'present the ingest key: Authorization: Bearer <key>' }, 401)
    }
    const { status, body, retryAfterSeconds }: Answer = await gate
      .pass(() => take(c.req.raw, options))
      .catch((cause) => refusal(cause, options))
    if (retryAfterSeconds) c.header('Retry-After', String(retryAfterSeconds))
    return c.json(body, status)
  })
  const schema = z.toJSONSchema(SubjectRecord, { io: 'input' })
  app.get('/ingest/subjects/schema', (c) => c.json(schema))
  app.all('/ingest/subjects', (c) => {
    c.header('Allow', 'POST')
    return c.json({ error: 'send people with POST' }, 405)
  })
  return app
}

async function take(request: Request, { subjects, now }: SubjectRoutes): Promise<Answer> {
  const items = itemsOf(await readBody(request))
  const records: SubjectRecord[] = []
  const faults: LineFault[] = []
  const isKept = (id: string) =>
    subjects.contact(id) !== undefined || subjects.erasedAt(id) !== undefined
  for (const item of items) {
    const checked = checkAgainst(SubjectRecord, item)
    if ('faults' in checked) {
      faults.push(...checked.faults)
      continue
    }
    const { subjectId } = checked.value
    const personal = isKept(subjectId) ? null : personalId(subjectId)
    if (personal) {
      const message = `is ${personal.words}; ${NO_PERSON} in events`
      faults.push({ line: item.line, path: 'subjectId', message })
    } else records.push(checked.value)
  }
  if (faults.length > 0)
    throw new BatchFault(
      `${new Set(faults.map(({ line }) => line)).size} of ${items.length} records are not right; nothing was stored`,
      faults.slice(0, 100),
    )
  return { status: 200, body: subjects.put(records, now()) }
}
