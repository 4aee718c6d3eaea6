import type { Config } from '#server/config.ts'
import type { Progress } from './progress.ts'

/** What a command may touch of the world outside. */
export interface Terminal {
  config: Config
  /** The city's clock: pinned by DOMOVOI_NOW. */
  now: () => number
  /** One line of the answer. */
  out: (line: string) => void
  /** One line for the person who waits, apart from the answer. */
  note: (line: string) => void
  progress: (label: string) => Progress
}

export interface Command {
  summary: string
  /** Told by --help. */
  usage: string
  run(args: string[], terminal: Terminal): Promise<void>
}

/** What the person at the terminal may read: what is wrong and what to do. Ends the command with exit code 1. */
export class Failure extends Error {}
