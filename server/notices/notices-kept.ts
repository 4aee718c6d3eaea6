import { z } from 'zod'
import { Evidence, NOTICE_KINDS, SEVERITIES } from '#server/contract/notices.ts'
import type { NoticesDatabase } from './database.ts'
import { type Group, NEW_GROUP, type Told } from './grouping.ts'
import type { Standing } from './machine.ts'
import type { Notice, Rule } from './rule.ts'

const StandingBody = z.union([
  z.object({ state: z.literal('pending'), since: z.number() }),
  z.object({ state: z.literal('firing'), since: z.number(), firedAt: z.number() }),
])
const NoticeRow = z.object({
  id: z.string(),
  rule: z.string(),
  rule_name: z.string(),
  kind: z.enum(NOTICE_KINDS),
  severity: z.enum(SEVERITIES),
  subject: z.string(),
  evidence: z.string(),
  peak: z.number(),
  fired_at: z.number(),
  over_at: z.number().nullable(),
  acknowledged_by: z.string().nullable(),
  acknowledged_at: z.number().nullable(),
})
/** A notice with what its rule was called when it fired: it outlives its rule. */
export interface KeptNotice extends Notice {
  ruleName: string
  kind: (typeof NOTICE_KINDS)[number]
  severity: (typeof SEVERITIES)[number]
}

function noticeOf(row: unknown): KeptNotice {
  const told = NoticeRow.parse(row)
  const { acknowledged_by: by, acknowledged_at: at } = told
  return {
    id: told.id,
    rule: told.rule,
    ruleName: told.rule_name,
    kind: told.kind,
    severity: told.severity,
    subject: told.subject,
    evidence: Evidence.parse(JSON.parse(told.evidence)),
    peak: told.peak,
    firedAt: told.fired_at,
    overAt: told.over_at,
    acknowledged: by !== null && at !== null ? { by, at } : null,
  }
}

/** Standings, notices, and who was told of them. */
export function keepNotices({ db }: NoticesDatabase) {
  const standings = db.prepare('SELECT subject, body FROM standing WHERE rule = ?')
  const putStanding = db.prepare('INSERT OR REPLACE INTO standing VALUES (?, ?, ?)')
  const dropStanding = db.prepare('DELETE FROM standing WHERE rule = ? AND subject = ?')
  const dropStandings = db.prepare('DELETE FROM standing WHERE rule = ?')
  const begin = db.prepare(
    'INSERT INTO notice VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL, NULL)',
  )
  const change = db.prepare('UPDATE notice SET evidence = ?, peak = ? WHERE id = ?')
  const end = db.prepare('UPDATE notice SET over_at = ? WHERE id = ? AND over_at IS NULL')
  const open = db.prepare('SELECT * FROM notice WHERE over_at IS NULL ORDER BY fired_at DESC, id')
  const past = db.prepare(
    'SELECT * FROM notice WHERE over_at IS NOT NULL AND fired_at < ? ORDER BY fired_at DESC, id LIMIT ?',
  )
  const first = db.prepare(`
    SELECT * FROM notice WHERE over_at IS NULL
    ORDER BY CASE severity WHEN 'danger' THEN 0 WHEN 'watch' THEN 1 ELSE 2 END,
      acknowledged_at IS NOT NULL, fired_at DESC, id LIMIT ?`)
  const openCounts = db.prepare(`
    SELECT rule, severity, count(*) AS open, sum(acknowledged_at IS NULL) AS unacknowledged, max(fired_at) AS newest
    FROM notice WHERE over_at IS NULL GROUP BY rule, severity`)
  const fired = db.prepare(
    'SELECT fired_at FROM notice WHERE over_at IS NULL AND acknowledged_at IS NULL ORDER BY fired_at DESC LIMIT 100',
  )
  const one = db.prepare('SELECT * FROM notice WHERE id = ?')
  const acknowledge = db.prepare(
    'UPDATE notice SET acknowledged_by = ?, acknowledged_at = ? WHERE id = ? AND acknowledged_at IS NULL',
  )
  const oweBegan = db.prepare(`
    INSERT OR IGNORE INTO told SELECT listener.recipient, began.value, listener.rule, NULL, NULL, 0
    FROM listener JOIN json_each(?) AS began WHERE listener.rule = ?`)
  const oweOpen = db.prepare(`
    INSERT OR IGNORE INTO told SELECT ?, id, rule, NULL, NULL, 0 FROM notice WHERE rule = ? AND over_at IS NULL`)
  const oweNothing = db.prepare(
    'UPDATE told SET done = 1 WHERE recipient = ? AND rule = ? AND done = 0',
  )
  const listeners = db.prepare('SELECT rule, recipient FROM listener')
  const listen = db.prepare('INSERT INTO listener VALUES (?, ?)')
  const listenNot = db.prepare('DELETE FROM listener WHERE rule = ? AND recipient = ?')
  const neverTell = db.prepare(`
    UPDATE told SET done = 1 WHERE began IS NULL AND done = 0
      AND recipient IN (SELECT recipient FROM listener WHERE rule = ?) AND notice IN (SELECT value FROM json_each(?))`)
  const owed = db.prepare(`
    SELECT told.notice, told.began, told.over, notice.over_at, notice.acknowledged_at
    FROM told JOIN notice ON notice.id = told.notice
    WHERE told.recipient = ? AND told.rule = ? AND told.done = 0
    ORDER BY notice.fired_at, notice.id`)
  const toldBegin = db.prepare(
    'UPDATE told SET began = ?, done = ? WHERE recipient = ? AND notice = ?',
  )
  const toldOver = db.prepare(
    'UPDATE told SET over = ?, done = 1 WHERE recipient = ? AND notice = ?',
  )
  const done = db.prepare('UPDATE told SET done = 1 WHERE recipient = ? AND notice = ?')
  const group = db.prepare(
    'SELECT news_since, last_at FROM grouping WHERE recipient = ? AND rule = ?',
  )
  const putGroup = db.prepare('INSERT OR REPLACE INTO grouping VALUES (?, ?, ?, ?)')
  const forget = db.prepare('DELETE FROM notice WHERE over_at IS NOT NULL AND over_at < ?')
  const forgetTold = db.prepare(
    'DELETE FROM told WHERE NOT EXISTS (SELECT 1 FROM notice WHERE notice.id = told.notice)',
  )

  return {
    standings: (rule: string): Map<string, Standing> =>
      new Map(
        standings
          .all(rule)
          .map(({ subject, body }) => [
            String(subject),
            StandingBody.parse(JSON.parse(String(body))),
          ]),
      ),
    putStanding(rule: string, subject: string, standing: Standing) {
      if (standing.state === 'quiet') dropStanding.run(rule, subject)
      else putStanding.run(rule, subject, JSON.stringify(standing))
    },
    dropStandings: (rule: string) => void dropStandings.run(rule),
    begin({ id, subject, evidence, peak, firedAt }: Notice, rule: Rule) {
      const body = JSON.stringify(evidence)
      const { name, kind, severity } = rule
      begin.run(id, rule.id, name, kind, severity, subject, body, peak, firedAt)
    },
    change: ({ id, evidence, peak }: Pick<Notice, 'id' | 'evidence' | 'peak'>) =>
      void change.run(JSON.stringify(evidence), peak, id),
    end: (id: string, at: number) => void end.run(at, id),
    open: (): KeptNotice[] => open.all().map(noticeOf),
    /** The gravest open ones, nobody's before somebody's, the newest first. */
    first: (most: number): KeptNotice[] => first.all(most).map(noticeOf),
    openCounts: () =>
      openCounts.all().map((row) => ({
        ...{ rule: String(row.rule), severity: String(row.severity), open: Number(row.open) },
        ...{ unacknowledged: Number(row.unacknowledged), newest: Number(row.newest) },
      })),
    /** When each open notice fired that nobody has acknowledged. */
    fired: (): number[] => fired.all().map((row) => Number(row.fired_at)),
    past: (before: number, limit: number): KeptNotice[] => past.all(before, limit).map(noticeOf),
    one(id: string): KeptNotice | undefined {
      const row = one.get(id)
      return row && noticeOf(row)
    },
    acknowledge: (id: string, by: string, at: number): boolean =>
      acknowledge.run(by, at, id).changes > 0,
    /** Everybody who listens to the rule is to be told of what began. */
    oweBegan: (rule: string, began: readonly string[]) =>
      void oweBegan.run(JSON.stringify(began), rule),
    /** Who listens from now on is to be told of what stands; who does not any more is told nothing. */
    settleListeners(wanted: ReadonlyMap<string, ReadonlySet<string>>) {
      const known = new Map<string, Set<string>>()
      for (const row of listeners.all()) {
        const [rule, recipient] = [String(row.rule), String(row.recipient)]
        if (wanted.get(rule)?.has(recipient))
          known.set(rule, (known.get(rule) ?? new Set()).add(recipient))
        else {
          oweNothing.run(recipient, rule)
          listenNot.run(rule, recipient)
        }
      }
      for (const [rule, recipients] of wanted)
        for (const recipient of recipients) {
          if (known.get(rule)?.has(recipient)) continue
          listen.run(rule, recipient)
          oweOpen.run(recipient, rule)
        }
    },
    /** What was over before anybody heard of it is not told. */
    neverTell: (rule: string, over: readonly string[]) =>
      void neverTell.run(rule, JSON.stringify(over)),
    owed: (recipient: string, rule: string): Told[] =>
      // Thousands in a storm; the columns of a STRICT table are what they are declared as.
      owed.all(recipient, rule).map((row) => ({
        notice: String(row.notice),
        over: row.over_at !== null,
        acknowledged: row.acknowledged_at !== null,
        toldBegin: row.began !== null,
        toldOver: row.over !== null,
      })),
    toldBegin: (recipient: string, notice: string, message: string, isDone: boolean) =>
      void toldBegin.run(message, isDone ? 1 : 0, recipient, notice),
    toldOver: (recipient: string, notice: string, message: string) =>
      void toldOver.run(message, recipient, notice),
    done: (recipient: string, notice: string) => void done.run(recipient, notice),
    group(recipient: string, rule: string): Group {
      const row = group.get(recipient, rule)
      if (!row) return NEW_GROUP
      const at = (value: unknown) => (value === null ? null : Number(value))
      return { newsSince: at(row.news_since), lastAt: at(row.last_at) }
    },
    putGroup: (recipient: string, rule: string, { newsSince, lastAt }: Group) =>
      void putGroup.run(recipient, rule, newsSince, lastAt),
    /** Forgets notices that were over before an instant. */
    forget(before: number) {
      forget.run(before)
      forgetTold.run()
    },
  }
}
export type NoticesKept = ReturnType<typeof keepNotices>
