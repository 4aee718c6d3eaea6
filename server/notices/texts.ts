import { noticeText } from '#server/contract/notice-lines.ts'
import en from '#server/contract/notice-words/en.ts'
import kk from '#server/contract/notice-words/kk.ts'
import ru from '#server/contract/notice-words/ru.ts'
import type { NoticeWords } from '#server/contract/notice-words/shape.ts'
import type { NoticeLine } from '#server/contract/notices.ts'
import type { Language } from '#server/contract/vocabulary.ts'
import { letterFormat } from './format.ts'
import type { MessageBody } from './message.ts'
import type { Letter } from './sender.ts'

export const NOTICE_WORDS: Record<Language, NoticeWords> = { kk, ru, en }

export interface Manner {
  language: Language
  zone: string
  /** null = nobody said where the pages are, and no link is made up. */
  publicUrl: string | null
}

type Said = Letter['message']
interface Item {
  title: string
  detail: string
  url: string | null
}
interface Section {
  head: string
  items: Item[]
  more: number
}

/** What a message says, part by part: what began, what is over, what still stands. */
function sectionsOf({ body }: Said, { language, zone, publicUrl }: Manner): Section[] {
  const words = NOTICE_WORDS[language]
  const format = letterFormat(language, zone)
  const item = (line: NoticeLine): Item => {
    const { title, details, path } = noticeText(line, words, format)
    const lasts =
      line.overAt === null
        ? null
        : words.lasted(format.duration((line.overAt - line.firedAt) / 1000))
    const since = words.since(format.dateTime(line.firedAt))
    return {
      title,
      detail: [...details, since, ...(lasts ? [lasts] : [])].join(' · '),
      url: publicUrl === null ? null : `${publicUrl}${path}`,
    }
  }
  const section = (head: string, { count, lines }: MessageBody['began']): Section => ({
    head,
    items: lines.map(item),
    more: count - lines.length,
  })
  return [
    section(words.began, body.began),
    section(words.overHead, body.over),
    section(words.standing, body.standing),
  ].filter(({ items }) => items.length > 0)
}

/** One line: how grave, what, how many more. */
export function subjectOf({ kind, body }: Said, { language, zone }: Manner): string {
  const words = NOTICE_WORDS[language]
  if (kind === 'test' || !body.rule) return words.test
  const format = letterFormat(language, zone)
  const part = [body.began, body.standing, body.over].find(({ count }) => count > 0)
  const [line] = part?.lines ?? []
  if (!line || !part) return words.kind[body.rule.kind]
  const { title, details } = noticeText(line, words, format)
  const isOver = part === body.over
  const rest = part.count - 1
  const text = [isOver ? words.over(title) : title, ...details.slice(0, 1)].join(', ')
  const more = rest > 0 ? ` (${words.more(format.number(rest))})` : ''
  return isOver ? `${text}${more}` : `${words.severity[body.rule.severity]}: ${text}${more}`
}

const escaped = (text: string) =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')

/** A letter, plain and as HTML with its few styles in place: no picture, no script, nothing fetched. */
export function mailText(message: Said, manner: Manner & { city: string }) {
  const { language, zone, publicUrl, city } = manner
  const words = NOTICE_WORDS[language]
  const format = letterFormat(language, zone)
  const line = subjectOf(message, manner)
  const sections = sectionsOf(message, manner)
  const intro =
    message.kind === 'test' ? [words.testBody] : message.kind === 'repeat' ? [words.repeat] : []
  const footer = words.footer(city)
  const page = publicUrl === null ? null : `${publicUrl}/notices`
  const plain = [
    line,
    ...intro,
    ...sections.map(({ head, items, more }) =>
      [
        `${head}:`,
        ...items.map(
          ({ title, detail, url }) => `- ${title}\n  ${detail}${url ? `\n  ${url}` : ''}`,
        ),
        ...(more > 0 ? [`  ${words.more(format.number(more))}`] : []),
      ].join('\n'),
    ),
    ...(page ? [`${words.open}: ${page}`] : []),
    `-- \n${footer}`,
  ].join('\n\n')
  const isDanger = message.body.rule?.severity === 'danger' && message.body.began.count > 0
  const html = `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>${escaped(line)}</title></head>
<body style="margin:0;padding:24px;background:#f6f5f1;color:#161a1d;font:15px/22px system-ui,sans-serif">
<div style="max-width:640px;margin:0 auto;padding:20px 24px;background:#fff;border:1px solid #ddd9cf;border-radius:6px">
<h1 style="margin:0 0 12px;font-size:20px;line-height:27px;color:${isDanger ? '#c1121f' : '#161a1d'}">${escaped(line)}</h1>
${intro.map((text) => `<p>${escaped(text)}</p>`).join('')}
${sections.map((section) => htmlOf(section, words.more(format.number(section.more)))).join('\n')}
${page ? `<p><a href="${escaped(page)}" style="color:#0a6c74">${escaped(words.open)}</a></p>` : ''}
<p style="margin:20px 0 0;color:#4c545b;font-size:13px;line-height:19px">${escaped(footer)}</p>
</div></body></html>`
  return { subject: `[${words.product}] ${line}`, text: plain, html }
}

const htmlOf = ({ head, items, more }: Section, moreText: string) =>
  `<h2 style="margin:16px 0 4px;font-size:15px">${escaped(head)}</h2><ul style="margin:0;padding-left:20px">${items
    .map(({ title, detail, url }) => {
      const name = url
        ? `<a href="${escaped(url)}" style="color:#0a6c74">${escaped(title)}</a>`
        : escaped(title)
      return `<li style="margin:6px 0"><b>${name}</b><br><span style="color:#4c545b">${escaped(detail)}</span></li>`
    })
    .join('')}</ul>${more > 0 ? `<p>${escaped(moreText)}</p>` : ''}`

/** Characters that Telegram takes in one message. */
const TELEGRAM_MOST = 4096

/** In the HTML of Telegram: only b and a, everything else escaped; cut between lines, never within a tag. */
export function telegramText(message: Said, manner: Manner): string {
  const { language, zone, publicUrl } = manner
  const words = NOTICE_WORDS[language]
  const format = letterFormat(language, zone)
  const lines = [`<b>${escaped(subjectOf(message, manner))}</b>`]
  if (message.kind === 'test') lines.push(escaped(words.testBody))
  if (message.kind === 'repeat') lines.push(escaped(words.repeat))
  for (const { head, items, more } of sectionsOf(message, manner)) {
    lines.push('', `<b>${escaped(head)}</b>`)
    for (const { title, detail, url } of items)
      lines.push(
        `• ${url ? `<a href="${escaped(url)}">${escaped(title)}</a>` : escaped(title)}\n${escaped(detail)}`,
      )
    if (more > 0) lines.push(escaped(words.more(format.number(more))))
  }
  const end =
    publicUrl === null ? [] : ['', `<a href="${escaped(publicUrl)}/notices">${words.open}</a>`]
  const length = (all: readonly string[]) => [...all, ...end].join('\n').length
  while (lines.length > 1 && length(lines) > TELEGRAM_MOST) lines.pop()
  return [...lines, ...end].join('\n')
}
