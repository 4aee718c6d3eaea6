import { readFileSync } from 'node:fs'
import { createTransport } from 'nodemailer'
import { failed, refused, type Send, sent, told } from './sender.ts'
import type { NoticesSettings, SmtpSettings } from './settings.ts'
import { mailText } from './texts.ts'

interface MailOptions {
  settings: () => NoticesSettings
  zone: string
  city: string
  milliseconds?: number
}

const PATIENCE_MS = 15_000

/** The part after the at sign of `Domovoi <domovoi@city.example>`. */
const domainOf = (from: string) => /@([^\s>]+)>?\s*$/.exec(from)?.[1] ?? 'localhost'

/** One letter of two parts, plain and HTML. Its Message-ID is that of the message, so that a letter sent twice is one letter. */
export const mailSender =
  (options: MailOptions): Send =>
  async ({ message, recipient }) => {
    const { smtp, publicUrl } = options.settings()
    if (!smtp) return refused('no mail server is set up: SMTP_URL, or smtp.url in notices.json')
    const { zone, city, milliseconds = PATIENCE_MS } = options
    const domain = domainOf(smtp.from)
    const { subject, text, html } = mailText(message, {
      ...{ language: recipient.language, zone, publicUrl, city },
    })
    const { username, password } = new URL(smtp.url)
    const secrets = [recipient.address, smtp.url, username, password, decodeURIComponent(password)]
    const thread = `<${message.rule ?? 'test'}.${recipient.id}@${domain}>`
    const transport = createTransport(transportOf(smtp, milliseconds))
    try {
      const { response } = await transport.sendMail({
        from: smtp.from,
        to: recipient.address,
        ...{ subject, text, html },
        messageId: `<${message.id}@${domain}>`,
        ...{ references: thread, inReplyTo: thread },
        disableFileAccess: true,
        disableUrlAccess: true,
        headers: {
          'List-Id': `<notices.${domain}>`,
          'Auto-Submitted': 'auto-generated',
          'X-Auto-Response-Suppress': 'All',
          'Content-Language': recipient.language,
        },
      })
      return sent(told(response, secrets))
    } catch (cause) {
      const { message: why, responseCode, code } = cause as Error & Fault
      const line = told(why, secrets)
      // 5xx of the address is final; who is refused himself (535) may be let in once the operator has corrected it.
      const isFinal =
        code === 'EENVELOPE' &&
        responseCode !== undefined &&
        responseCode >= 500 &&
        responseCode < 600
      return isFinal ? refused(line) : failed(line)
    } finally {
      transport.close()
    }
  }

interface Fault {
  responseCode?: number
  code?: string
}

function transportOf({ url, tls, ca }: SmtpSettings, milliseconds: number) {
  const { protocol, hostname, port, username, password } = new URL(url)
  const secure = protocol === 'smtps:'
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port ? Number(port) : secure ? 465 : 587,
    secure,
    requireTLS: !secure && tls === 'always',
    ignoreTLS: !secure && tls === 'never',
    ...(username && {
      auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) },
    }),
    ...(ca !== null && { tls: { ca: readFileSync(ca) } }),
    connectionTimeout: milliseconds,
    greetingTimeout: milliseconds,
    socketTimeout: milliseconds,
    dnsTimeout: milliseconds,
  }
}
