import { z } from 'zod'
import { Instant, id } from './event-fields.ts'

const line = (most: number) => z.string().trim().min(1).max(most)

/**
 * What a source tells of a person, apart from the events, which carry only the `subjectId`. Told again, a field replaces what was
 * known; what is not told stays. The text is what the person wrote in one request.
 */
export const SubjectRecord = z
  .strictObject({
    subjectId: id,
    name: line(200).exactOptional(),
    phone: line(40)
      .regex(/^\+?[\d\s().-]*\d[\d\s().-]*$/, 'a phone is written in digits')
      .exactOptional(),
    email: line(254)
      .regex(/^\S+@\S+$/, 'an e-mail address has an @')
      .exactOptional(),
    flat: line(40).exactOptional(),
    /** Whether the person agreed that they are written to. */
    consent: z.boolean().exactOptional(),
    /** From then on it is erased by `erase --due`. */
    retainUntil: Instant.exactOptional(),
    request: id.exactOptional(),
    text: line(10_000).exactOptional(),
  })
  .refine(({ text, request }) => text === undefined || request !== undefined, {
    path: ['request'],
    message: 'a text belongs to a request: name it',
  })
export type SubjectRecord = z.output<typeof SubjectRecord>
