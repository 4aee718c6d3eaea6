import type { NoticeChannel } from '#server/contract/notices.ts'

/** So much of an address that its owner knows it again, and nobody else learns it. */
export function maskedAddress(channel: NoticeChannel, address: string): string {
  if (channel === 'email') {
    const [name = '', domain = ''] = address.split('@')
    return `${name.slice(0, 1)}•••@${domain}`
  }
  if (channel === 'telegram') return `•••${address.slice(-2)}`
  return URL.canParse(address) ? `${new URL(address).host}/•••` : '•••'
}
