import { connect, type Socket } from 'node:net'

/**
 * Many screens in one process of their own, so that the server's processor is its own: `PORT COUNT SPREAD_MS`. Reads as little
 * of a message as it can, and comes back by itself as a browser would. Tells its parent each second what all heard.
 */
const [port = 0, count = 0, spreadMs = 0] = process.argv.slice(2).map(Number)

export interface Heard {
  frames: number
  /** A message that does not follow the one before it. */
  gaps: number
  /** One that was heard already. */
  doubles: number
  /** First messages of a connection, and those of them that begin anew. */
  opened: number
  resets: number
  ended: number
  /** Number of the newest message, and the screens that have heard it. */
  newest: number
  current: number
  /** How many frames came after so many milliseconds, by the one clock of this machine. */
  waits: [milliseconds: number, frames: number][]
}

interface Screen {
  epoch: string
  number: number
  first: boolean
  rest: Buffer | null
  leavingMs: number | null
  failures: number
}

const heard = { frames: 0, gaps: 0, doubles: 0, opened: 0, resets: 0, ended: 0 }
const waits = new Map<number, number>()
const screens: Screen[] = []
/** Shared by all connections: what is read is looked at before the next is read. */
const buffer = Buffer.allocUnsafe(1 << 20)
const DIGIT = 48

function open(index: number) {
  const screen = screens[index]
  if (!screen) return
  screen.first = true
  screen.rest = null
  const socket: Socket = connect({
    ...{ port, host: '127.0.0.1' },
    onread: {
      buffer,
      callback(size) {
        take(screen, size, Date.now())
        return true
      },
    },
  })
  const resume = screen.epoch ? `Last-Event-ID: ${screen.epoch}-${screen.number}\r\n` : ''
  socket.on('connect', () =>
    socket.write(`GET /live HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n${resume}\r\n`),
  )
  socket.on('error', () => {})
  socket.on('close', () => {
    heard.ended++
    const chance = ((index * 619 + screen.failures * 31) % 1000) / 1000
    const again = Math.min(6000, 1000 * 2 ** screen.failures++) * (0.5 + chance)
    setTimeout(
      () => open(index),
      screen.leavingMs === null ? again : screen.leavingMs + chance * 1000,
    )
    screen.leavingMs = null
  })
}

function take(screen: Screen, size: number, at: number) {
  const chunk = buffer.subarray(0, size)
  const bytes = screen.rest ? Buffer.concat([screen.rest, chunk]) : chunk
  let from = 0
  for (let end = bytes.indexOf('\n\n'); end >= 0; end = bytes.indexOf('\n\n', from)) {
    hear(screen, bytes.subarray(from, end), at)
    from = end + 2
  }
  screen.rest = from < bytes.length ? Buffer.from(bytes.subarray(from)) : null
}

function hear(screen: Screen, message: Buffer, at: number) {
  if (message.includes('event: ')) {
    const leaving = /"afterMs":(\d+)/.exec(
      message.includes('event: leaving') ? message.toString() : '',
    )
    if (leaving) screen.leavingMs = Number(leaving[1])
    return
  }
  const id = message.indexOf('\nid: ') + 5
  const dash = message.indexOf('-', id)
  const data = message.indexOf('\ndata: ', dash)
  if (id < 5 || dash < 0 || data < 0) return
  const number = numberAt(message, dash + 1)
  const reset = message.indexOf('"kind":"reset"', data) === data + 8
  const since = numberAt(message, message.indexOf('"since":', data) + 8)
  if (screen.first) {
    heard.opened++
    screen.failures = 0
    screen.epoch = message.toString('latin1', id, dash)
    if (reset) heard.resets++
    else if (since > screen.number) heard.gaps++
  } else {
    if (number <= screen.number) heard.doubles++
    if (reset || since !== screen.number) heard.gaps++
    const wait = at - numberAt(message, message.indexOf('"at":', data) + 5)
    waits.set(wait, (waits.get(wait) ?? 0) + 1)
    heard.frames++
  }
  screen.first = false
  screen.number = number
}

function numberAt(bytes: Buffer, from: number) {
  let value = 0
  for (let i = from; ; i++) {
    const digit = (bytes[i] ?? 0) - DIGIT
    if (digit < 0 || digit > 9) return value
    value = value * 10 + digit
  }
}

for (let index = 0; index < count; index++) {
  screens.push({ epoch: '', number: -1, first: true, rest: null, leavingMs: null, failures: 0 })
  setTimeout(() => open(index), (index / count) * spreadMs)
}
setInterval(() => {
  const newest = screens.reduce((most, { number }) => Math.max(most, number), -1)
  const current = screens.filter(({ first, number }) => !first && number === newest).length
  process.send?.({ ...heard, newest, current, waits: [...waits] } satisfies Heard)
  waits.clear()
}, 1000)
process.on('disconnect', () => process.exit())
