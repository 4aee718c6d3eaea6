import type { RuleDraft } from '#server/contract/notices.ts'

const CITY: RuleDraft['scope'] = { of: 'city', ids: [] }
const rule = (
  kind: RuleDraft['kind'],
  severity: RuleDraft['severity'],
  [threshold, recovery, holdMinutes]: [number, number, number],
): RuleDraft => ({
  ...{ name: '', kind, scope: CITY, threshold, recovery, holdMinutes, severity, recipients: [] },
})

/** What a new city is told of before anybody has said what; on the page alone, since nobody is known to write to. */
export const USUAL_RULES: readonly RuleDraft[] = [
  rule('emergencyAge', 'danger', [120, 120, 0]),
  rule('outageSuspected', 'watch', [3, 3, 0]),
  rule('sourceSilent', 'watch', [30, 30, 0]),
  rule('overdueGrowth', 'watch', [20, 10, 30]),
  rule('openAboveUsual', 'news', [20, 10, 60]),
]
