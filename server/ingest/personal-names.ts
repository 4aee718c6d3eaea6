import { type DomainEvent, isRequestEvent, streamOf } from '#server/contract/events.ts'
import { personalId } from '#server/domain/personal-fault.ts'
import type { Log } from '#server/log/log.ts'
import type { LineFault } from './lines.ts'

/** What the log holds of a stream. */
export type Told = (stream: string) => readonly DomainEvent[]

export const toldBy =
  (log: Pick<Log, 'key' | 'stream'>): Told =>
  (stream) => {
    const key = log.key(stream)
    return key === undefined ? [] : log.stream(key)
  }

export const NO_PERSON =
  'it could never be erased: send the contact to /ingest/subjects under an id that says nothing of the person, and name that id'
const WHY = {
  request:
    'it would stand in addresses of pages for ever: number the request by something that is not personal',
  id: 'it would stand in the log for ever: build the id of what is not personal, such as SOURCE:NUMBER:closed',
  subjectId: NO_PERSON,
} as const
type Named = keyof typeof WHY

/** Names of things and people that are a phone or a mail themselves. What the log knows by such a name from of old goes on to be heard. */
export function personalNames(line: number, event: DomainEvent, told: Told): LineFault[] {
  const faults = [...namesOf(event)].flatMap(([path, name, written]) => {
    const [fault] = written.filter(mayBe).flatMap((text) => personalId(text) ?? [])
    return fault ? [{ path, name, message: `is ${fault.words}; ${WHY[path]}` }] : []
  })
  if (faults.length === 0) return []
  const before = told(streamOf(event))
  const known = (path: Named, name: string) =>
    path === 'subjectId'
      ? before.some((one) => 'subjectId' in one && one.subjectId === name)
      : isRequestEvent(event)
        ? before.length > 0
        : before.some(({ id }) => id === name)
  return faults
    .filter(({ path, name }) => !known(path, name))
    .map(({ path, message }) => ({ line, path, message }))
}

/** A batch has thousands of names, and hardly one of them is worth a closer look. */
const mayBe = (text: string) => /[@＠]/.test(text) || (text.match(/\p{Nd}/gu)?.length ?? 0) >= 10

function* namesOf(event: DomainEvent): Generator<[path: Named, name: string, written: string[]]> {
  if (isRequestEvent(event)) yield ['request', event.request, [event.request]]
  yield ['id', event.id, [event.id, ...event.id.split(':')]]
  if ('subjectId' in event && event.subjectId !== undefined)
    yield ['subjectId', event.subjectId, [event.subjectId]]
}
