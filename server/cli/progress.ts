/** Told how far long work has come; `total` may be unknown at first. */
export interface Progress {
  at(done: number, total?: number): void
  end(): void
}

export interface Screen {
  write(text: string): void
  /** A file or a pipe gets one closing line instead of a bar. */
  isTerminal: boolean
  /** Milliseconds that only grow. */
  clock(): number
}

const WIDTH = 24
const EVERY_MS = 100
const number = new Intl.NumberFormat('en')

export function createProgress(label: string, { write, isTerminal, clock }: Screen): Progress {
  const startedAt = clock()
  let shownAt = Number.NEGATIVE_INFINITY
  let last = { done: 0, total: undefined as number | undefined }
  const line = () => {
    const { done, total } = last
    const seconds = (clock() - startedAt) / 1000
    const rate = seconds > 0 ? ` · ${number.format(Math.round(done / seconds))}/s` : ''
    if (!total) return `${label} ${number.format(done)}${rate}`
    const share = Math.min(1, done / total)
    const full = Math.round(share * WIDTH)
    const bar = '█'.repeat(full) + '░'.repeat(WIDTH - full)
    return `${label} ${bar} ${Math.floor(share * 100)} % · ${number.format(done)} of ${number.format(total)}${rate}`
  }
  return {
    at(done, total = last.total) {
      last = { done, total }
      if (!isTerminal || clock() - shownAt < EVERY_MS) return
      shownAt = clock()
      write(`\r\u001b[K${line()}`)
    },
    end() {
      if (last.total !== undefined || last.done > 0)
        write(isTerminal ? `\r\u001b[K${line()}\n` : `${line()}\n`)
    },
  }
}
