import { NO_EVIDENCE, type RuleDraft } from '#server/contract/notices.ts'
import type { Recipient, Rule } from '#server/notices/rule.ts'
import type { Letter } from '#server/notices/sender.ts'

const AT = Date.parse('2026-02-10T17:00:00+05:00')

export const aRecipient = (more: Partial<Recipient> = {}): Recipient => ({
  id: 'to-1',
  name: 'Дежурная часть',
  channel: 'webhook',
  address: 'http://127.0.0.1/hook',
  language: 'ru',
  quiet: null,
  dangerAnyway: true,
  waitSeconds: 0,
  intervalMinutes: 5,
  repeatMinutes: 240,
  tellsOver: true,
  ...more,
})

export const aRule = (more: Partial<Rule> = {}): Rule => ({
  id: 'r-1',
  name: '',
  kind: 'emergencyOpen' satisfies RuleDraft['kind'],
  scope: { of: 'city', ids: [] },
  threshold: 5,
  recovery: 3,
  holdMinutes: 0,
  severity: 'watch',
  recipients: ['to-1'],
  paused: false,
  mutedUntil: null,
  changedBy: 'Тест',
  changedAt: AT,
  ...more,
})

/** An emergency open for two hours and five minutes; the organization has a name that means harm. */
export const aMessage = (more: Partial<Letter['message']> = {}): Letter['message'] => ({
  id: 'm-1',
  kind: 'news',
  rule: 'r-1',
  body: {
    at: AT,
    rule: { name: '', kind: 'emergencyAge', severity: 'danger' },
    began: {
      count: 1,
      lines: [
        {
          kind: 'emergencyAge',
          severity: 'danger',
          firedAt: AT,
          overAt: null,
          evidence: {
            ...NO_EVIDENCE,
            value: 125,
            threshold: 120,
            request: '1-77',
            building: { id: 'b-4', name: { ru: 'ул. Заводская, 2', kk: 'Заводская көшесі, 2' } },
            organization: { id: 'sever', name: { ru: 'УК <script>alert(1)</script>' } },
          },
        },
      ],
    },
    over: { count: 0, lines: [] },
    standing: { count: 0, lines: [] },
  },
  ...more,
})
