import { connect, type Socket } from 'node:net'

/**
 * Many screens in one process of their own, so that the server's processor is its own: `PORT COUNT SPREAD_MS`. Tells its
 * parent each second what all heard, and comes back by itself with the last id as a browser would.
 */
const [port = 0, count = 0, spreadMs = 0] = process.argv.slice(2).map(Number)

const heard = { frames: 0, disordered: 0, opened: 0, ended: 0, waits: [] as number[] }
const last: number[] = Array.from({ length: count }, () => -1)
const ids: (string | null)[] = Array.from({ length: count }, () => null)
const sockets = new Set<Socket>()

function open(screen: number) {
  const socket = connect(port, '127.0.0.1')
  let rest = ''
  let told = false
  const resume = ids[screen] ? `Last-Event-ID: ${ids[screen]}\r\n` : ''
  socket.on('connect', () =>
    socket.write(`GET /live HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n${resume}\r\n`),
  )
  socket.on('error', () => {})
  socket.on('close', () => {
    sockets.delete(socket)
    heard.ended++
    setTimeout(() => open(screen), 500 + ((screen * 619) % 4000))
  })
  sockets.add(socket)
  socket.setEncoding('latin1')
  socket.on('data', (chunk: string) => {
    rest += chunk
    for (let end = rest.indexOf('\n\n'); end >= 0; end = rest.indexOf('\n\n')) {
      const message = rest.slice(0, end)
      rest = rest.slice(end + 2)
      const id = /^id: (.*-(\d+))\r?$/m.exec(message)
      if (!id) continue
      const number = Number(id[2])
      const reset = message.includes('"kind":"reset"')
      if (!reset && last[screen] !== -1 && (last[screen] ?? -1) >= number && told)
        heard.disordered++
      if (!reset && told && number !== (last[screen] ?? -1) + 1) heard.disordered++
      last[screen] = number
      ids[screen] = id[1] ?? null
      const at = /"at":(\d{13})/.exec(message)
      if (told && at) heard.waits.push(Date.now() - Number(at[1]))
      if (!told) heard.opened++
      told = true
      heard.frames++
    }
  })
}

for (let screen = 0; screen < count; screen++)
  setTimeout(() => open(screen), (screen / count) * spreadMs)
setInterval(() => {
  process.send?.({
    ...heard,
    open: sockets.size,
    newest: last.reduce((a, b) => Math.max(a, b), -1),
    behind: last.filter((n) => n < Math.max(...last.slice(0, 50))).length,
  })
  heard.waits = []
}, 1000)
process.on('disconnect', () => process.exit())
