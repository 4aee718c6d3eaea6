import { parseArgs } from 'node:util'
import { readCity } from '#server/config.ts'
import { NOTICE_CHANNELS, type NoticeChannel, RecipientDraft } from '#server/contract/notices.ts'
import { inLanguage, LANGUAGES, type Language } from '#server/contract/vocabulary.ts'
import { mailSender } from '#server/notices/mail.ts'
import { NOTHING } from '#server/notices/message.ts'
import { readNoticesSettings } from '#server/notices/settings.ts'
import { telegramSender } from '#server/notices/telegram.ts'
import { webhookSender } from '#server/notices/webhook.ts'
import { type Command, Failure } from './command.ts'

export const notices: Command = {
  summary: 'send a test message, to see whether a way to people works',
  usage: `notices test --channel ${NOTICE_CHANNELS.join('|')} --to ADDRESS [--lang ${LANGUAGES.join('|')}]

Sends one message that says that messages arrive, by the way that the environment (SMTP_URL, TELEGRAM_TOKEN) and notices.json of
the data folder set up, and tells what the receiver answered. Nothing is kept of it; the server may run meanwhile.`,
  async run(args, { config, now, out }) {
    const { positionals, values } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        channel: { type: 'string' },
        to: { type: 'string' },
        lang: { type: 'string', default: 'ru' },
      },
    })
    if (positionals.join(' ') !== 'test') throw new Failure('name what to do: domovoi notices test')
    const channel: NoticeChannel | undefined = NOTICE_CHANNELS.find((one) => one === values.channel)
    if (!channel || !values.to)
      throw new Failure(`give --channel ${NOTICE_CHANNELS.join('|')} and --to ADDRESS`)
    const language: Language = LANGUAGES.find((one) => one === values.lang) ?? 'ru'
    const draft = RecipientDraft.safeParse({
      ...{ name: 'test', channel, address: values.to, language, quiet: null, dangerAnyway: true },
      ...{ waitSeconds: 0, intervalMinutes: 1, repeatMinutes: 0, tellsOver: true },
    })
    if (!draft.success) throw new Failure(`what follows --to is no address of ${channel}`)
    const city = readCity(config.dataDir)
    const ways = {
      settings: () => readNoticesSettings(config.dataDir, config.notices),
      zone: city?.zone ?? 'UTC',
      city: city ? inLanguage(city.name, language) : '',
      now,
    }
    const send = { email: mailSender, telegram: telegramSender, webhook: webhookSender }[channel]
    const body = { at: now(), rule: null, began: NOTHING, over: NOTHING, standing: NOTHING }
    const message = { id: `m-test-${now()}`, kind: 'test' as const, rule: null, body }
    const result = await send(ways)({ message, recipient: { ...draft.data, id: 'test' } })
    if (!result.ok) throw new Failure(`not sent: ${result.detail}`)
    out(`Sent: ${result.detail}`)
  },
}
