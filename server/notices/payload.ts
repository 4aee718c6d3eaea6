import { noticeText } from '#server/contract/notice-lines.ts'
import type { NoticeLine } from '#server/contract/notices.ts'
import { instantText } from '#server/export/city-text.ts'
import { letterFormat } from './format.ts'
import type { Letter } from './sender.ts'
import { type Manner, NOTICE_WORDS, subjectOf } from './texts.ts'

/** What a webhook is sent: for a program, with the words for a person beside. */
export function payloadOf(message: Letter['message'], manner: Manner) {
  const { language, zone, publicUrl } = manner
  const { id, kind, body } = message
  const format = letterFormat(language, zone)
  const at = instantText(zone)
  const line = (one: NoticeLine) => {
    const { title, details, path } = noticeText(one, NOTICE_WORDS[language], format)
    const { district, organization, building, source, request, value, threshold } = one.evidence
    return {
      ...{ kind: one.kind, title, details, value, threshold, request },
      district: district?.id ?? null,
      organization: organization?.id ?? null,
      building: building?.id ?? null,
      source: source?.id ?? null,
      firedAt: at(one.firedAt),
      overAt: one.overAt === null ? null : at(one.overAt),
      url: publicUrl === null ? null : `${publicUrl}${path}`,
    }
  }
  const part = ({ count, lines }: typeof body.began) => ({ count, lines: lines.map(line) })
  return {
    id,
    type: `notices.${kind}`,
    timestamp: at(body.at),
    data: {
      summary: subjectOf(message, manner),
      severity: body.rule?.severity ?? null,
      rule: body.rule && { id: message.rule, name: body.rule.name, kind: body.rule.kind },
      began: part(body.began),
      over: part(body.over),
      standing: part(body.standing),
    },
  }
}
