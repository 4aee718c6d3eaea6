import { localClock } from '#server/domain/local-time.ts'
import { createCourier } from '#server/notices/courier.ts'
import { openDatabase } from '#server/notices/database.ts'
import { look } from '#server/notices/look.ts'
import { keepNotices } from '#server/notices/notices-kept.ts'
import { observed } from '#server/notices/observe.ts'
import { keepOutbox } from '#server/notices/outbox.ts'
import { createResting } from '#server/notices/resting.ts'
import type { Recipient, Rule } from '#server/notices/rule.ts'
import { keepRules } from '#server/notices/rules-kept.ts'
import { type Letter, type Result, sent } from '#server/notices/sender.ts'

const MINUTE = 60_000
/** Minute 0 of a process: noon in the city. */
export const T0 = Date.parse('2026-02-10T12:00:00+05:00')

let ids = 0

/** The state of a process; opened again it is that of the next one. */
export function openProcess(
  file: string,
  answer: (letter: Letter) => Promise<Result> | Result = () => sent('taken'),
) {
  const database = openDatabase(file)
  const rules = keepRules(database)
  const notices = keepNotices(database)
  const outbox = keepOutbox(database)
  const letters: Letter[] = []
  const reported: unknown[] = []
  let now = T0
  const send = async (letter: Letter) => {
    letters.push(letter)
    return answer(letter)
  }
  const courier = createCourier({
    ...{ outbox, rules, now: () => now, clock: () => now, chance: () => 0.5 },
    senders: { email: send, telegram: send, webhook: send },
    report: (_where, cause) => void reported.push(cause),
  })
  const resting = createResting()
  const options = { database, rules, notices, outbox, resting, local: localClock('Asia/Almaty') }
  return {
    ...{ rules, notices, outbox, courier, letters, reported, resting, db: database.db },
    set(minutes: number) {
      now = T0 + minutes * MINUTE
    },
    have(some: readonly Rule[], others: readonly Recipient[]) {
      for (const rule of some) rules.putRule(rule)
      for (const recipient of others) rules.putRecipient(recipient, 'Тест', T0)
    },
    /** One look at the given minute: values by subject, the same for each rule. */
    at(minutes: number, values: Readonly<Record<string, number | null>>) {
      now = T0 + minutes * MINUTE
      const seen = new Map(
        rules
          .rules()
          .map((rule) => [
            rule.id,
            Object.entries(values).map(([subject, value]) => observed(rule, subject, value, {})),
          ]),
      )
      return look({ ...options, newId: () => `${++ids}` }, seen, now)
    },
    close: () => database.db.close(),
  }
}
