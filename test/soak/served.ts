import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { KEY } from '../running.ts'

const FILE = fileURLToPath(new URL('./server.ts', import.meta.url))

/** A server that is started, ended and started again on one port, its clock moved as the test wants. */
export function createServed(dataDir: string, port: number, shift: number) {
  let child: ChildProcess | null = null
  let moved = shift
  return {
    /** Resolves when it answers. */
    start: () =>
      new Promise<void>((resolve, reject) => {
        const started = fork(FILE, [dataDir, String(port), String(moved), KEY], {
          stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
        })
        child = started
        started.once('message', () => resolve())
        started.once('exit', (code) => reject(new Error(`the server ended with ${code}`)))
      }),
    end: (signal: NodeJS.Signals) =>
      new Promise<void>((resolve) => {
        if (!child || child.exitCode !== null) return resolve()
        child.removeAllListeners('exit')
        child.once('exit', () => resolve())
        child.kill(signal)
      }),
    now: () => Date.now() + moved,
    /** The server's clock is this from now on, and goes on from there. */
    setClock(now: number) {
      moved = now - Date.now()
      child?.send({ shift: moved })
    },
  }
}
export type Served = ReturnType<typeof createServed>
