import { z } from 'zod'
import { RecipientDraft, RuleDraft } from '#server/contract/notices.ts'
import type { NoticesDatabase } from './database.ts'
import type { Recipient, Rule } from './rule.ts'

const RuleRow = z.object({
  id: z.string(),
  body: z.string(),
  paused: z.number(),
  muted_until: z.number().nullable(),
  changed_by: z.string(),
  changed_at: z.number(),
})
const RecipientRow = z.object({ id: z.string(), body: z.string() })

const ruleOf = (row: unknown): Rule => {
  const { id, body, paused, muted_until, changed_by, changed_at } = RuleRow.parse(row)
  return {
    ...RuleDraft.parse(JSON.parse(body)),
    id,
    paused: paused === 1,
    mutedUntil: muted_until,
    changedBy: changed_by,
    changedAt: changed_at,
  }
}
const recipientOf = (row: unknown): Recipient => {
  const { id, body } = RecipientRow.parse(row)
  return { ...RecipientDraft.parse(JSON.parse(body)), id }
}

/** Rules and recipients. The address of a recipient is nowhere but in `recipient.body`. */
export function keepRules({ db, together }: NoticesDatabase) {
  const rules = db.prepare('SELECT * FROM rule ORDER BY rowid')
  const putRule =
    db.prepare(`INSERT INTO rule VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body,
      paused = excluded.paused, muted_until = excluded.muted_until, changed_by = excluded.changed_by,
      changed_at = excluded.changed_at`)
  const dropRule = db.prepare('DELETE FROM rule WHERE id = ?')
  const recipients = db.prepare('SELECT id, body FROM recipient ORDER BY rowid')
  const putRecipient = db.prepare(
    'INSERT INTO recipient VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body, changed_by = excluded.changed_by, changed_at = excluded.changed_at',
  )
  const dropRecipient = db.prepare('DELETE FROM recipient WHERE id = ?')
  const forgetRecipient = db.prepare('DELETE FROM told WHERE recipient = ?')
  const forgetListener = db.prepare('DELETE FROM listener WHERE recipient = ?')
  const forgetGroups = db.prepare('DELETE FROM grouping WHERE recipient = ?')

  return {
    rules: (): Rule[] => rules.all().map(ruleOf),
    recipients: (): Recipient[] => recipients.all().map(recipientOf),
    putRule({ id, paused, mutedUntil, changedBy, changedAt, ...draft }: Rule) {
      const body = JSON.stringify(RuleDraft.parse(draft))
      putRule.run(id, body, paused ? 1 : 0, mutedUntil, changedBy, changedAt)
    },
    dropRule: (id: string) => void dropRule.run(id),
    putRecipient({ id, ...draft }: Recipient, by: string, at: number) {
      putRecipient.run(id, JSON.stringify(RecipientDraft.parse(draft)), by, at)
    },
    /** The recipient, what it was told and in which rules it stands. Its messages keep the id alone. */
    dropRecipient(id: string) {
      together(() => {
        dropRecipient.run(id)
        forgetRecipient.run(id)
        forgetListener.run(id)
        forgetGroups.run(id)
        for (const row of rules.all()) {
          const rule = ruleOf(row)
          if (!rule.recipients.includes(id)) continue
          this.putRule({ ...rule, recipients: rule.recipients.filter((one) => one !== id) })
        }
      })
    },
  }
}
export type RulesKept = ReturnType<typeof keepRules>
