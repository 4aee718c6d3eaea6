import { z } from 'zod'
import { post } from './post.ts'
import { failed, refused, type Send, sent, told } from './sender.ts'
import type { NoticesSettings } from './settings.ts'
import { telegramText } from './texts.ts'

interface TelegramOptions {
  settings: () => NoticesSettings
  zone: string
  milliseconds?: number
}

const Answer = z.object({
  ok: z.boolean(),
  description: z.string().optional(),
  parameters: z
    .object({ retry_after: z.number().optional(), migrate_to_chat_id: z.number().optional() })
    .optional(),
})

function read(body: string): z.output<typeof Answer> | null {
  try {
    return Answer.parse(JSON.parse(body))
  } catch {
    return null
  }
}

/** `sendMessage` of the Telegram Bot API, or of a server that speaks it. The token stands in the address, so that no address is ever told. */
export const telegramSender =
  ({ settings, zone, milliseconds }: TelegramOptions): Send =>
  async ({ message, recipient }) => {
    const { telegram, publicUrl } = settings()
    if (!telegram)
      return refused('no bot is set up: TELEGRAM_TOKEN, or telegram.token in notices.json')
    const { token, base } = telegram
    const body = JSON.stringify({
      chat_id: recipient.address,
      text: telegramText(message, { language: recipient.language, zone, publicUrl }),
      parse_mode: 'HTML',
      link_preview_options: { is_disabled: true },
    })
    // The half after the colon is the secret; the first is the bot's public id.
    const secrets = [token, token.slice(token.indexOf(':') + 1), recipient.address]
    try {
      const {
        status,
        body: said,
        retryAfterMs,
      } = await post(
        new URL(`${base}/bot${token}/sendMessage`),
        body,
        // The operator chose the server; there is no address here that a page could have set.
        { privateNetwork: true, ...(milliseconds && { milliseconds }) },
      )
      const answer = read(said)
      if (status === 200 && answer?.ok) return sent('HTTP 200')
      const why = told(`HTTP ${status} ${answer?.description ?? ''}`, secrets)
      if (status === 429) {
        const seconds = answer?.parameters?.retry_after
        return failed(why, seconds === undefined ? retryAfterMs : seconds * 1000)
      }
      if (answer?.parameters?.migrate_to_chat_id !== undefined)
        return refused(`${why}: the group became another chat; enter its new id`)
      return status >= 500 || status === 408 ? failed(why, retryAfterMs) : refused(why)
    } catch (cause) {
      return failed(told((cause as Error).message, secrets))
    }
  }
