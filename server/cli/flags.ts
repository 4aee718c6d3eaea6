import { parseArgs } from 'node:util'
import { replay } from '#server/features/flags/replay.ts'
import { evaluateMonths } from '#server/features/flags/run.ts'
import { flagEvents, standings } from '#server/judgement/flag-book.ts'
import { type Command, Failure, type Terminal } from './command.ts'
import { withHouse } from './house.ts'
import { tableOf } from './table.ts'

export const flags: Command = {
  summary: 'list flags, evaluate the months that are due, or prove a flag from the log',
  usage: `flags list | evaluate | replay FLAG

list       flags that are proposed or issued, by name (measure.organization)
evaluate   the monthly evaluations that are due; a month that was evaluated is left as it is. The server does this by
           itself every night
replay     rebuilds the facts from the log as it stood when the flag was told, evaluates them again, and compares the
           dossier byte for byte with the hash in the log; says whether the file of the dossier is right, and restores it
           where it is missing or damaged

Stop the server first, or run it on a restored backup.`,
  async run(args, terminal) {
    const { positionals } = parseArgs({ args, options: {}, allowPositionals: true })
    const [what = 'list', flag, ...more] = positionals
    if (more.length > 0) throw new Failure('too many words; see domovoi flags --help')
    if (what === 'list' && !flag) return list(terminal)
    if (what === 'evaluate' && !flag) return evaluate(terminal)
    if (what === 'replay' && flag) return prove(terminal, flag)
    throw new Failure('name what to do: domovoi flags list, evaluate, or replay FLAG')
  },
}

const list = (terminal: Terminal) =>
  withHouse('flags', terminal, async ({ context }) => {
    const standing = standings(flagEvents(context.log), context.judging.policies)
    const rows = Array.from(standing, ([flag, { inspect, watch }]) => ({
      flag,
      'stands as': inspect?.state ?? 'watch',
      since: inspect?.proposed ?? watch?.since ?? '',
      issued: inspect?.issued ?? '',
    })).sort((a, b) => (a.flag < b.flag ? -1 : 1))
    if (rows.length === 0) return terminal.out('No flag is proposed or issued.')
    for (const line of tableOf(rows, ['flag', 'stands as', 'since', 'issued'])) terminal.out(line)
  })

const evaluate = (terminal: Terminal) =>
  withHouse('flags', terminal, async ({ context }) => {
    const { months, proposed, issued, withdrawn, refused } = await evaluateMonths(context)
    for (const reason of refused) terminal.note(reason)
    terminal.out(
      months.length === 0
        ? 'Every month that can be judged has been evaluated.'
        : `Evaluated ${months.join(', ')}.`,
    )
    for (const [what, flags] of Object.entries({ proposed, issued, withdrawn }))
      if (flags.length > 0) terminal.out(`${what}: ${flags.join(', ')}`)
  })

const prove = (terminal: Terminal, flag: string) =>
  withHouse('flags', terminal, async ({ context }) => {
    const bar = terminal.progress('rebuilt')
    const proof = await replay(context, flag, bar.at)
    bar.end()
    terminal.out(
      `${flag} ${proof.step} of ${proof.month}: ${proof.events} events up to ${proof.head} were folded again.`,
    )
    terminal.out(FILES[proof.restored ? 'restored' : proof.file])
    if (proof.faults.length === 0)
      return terminal.out(`The dossier is the same, byte for byte: sha256 ${proof.dossier}.`)
    throw new Failure(`the dossier is not the same: ${proof.faults.join('; ')}`)
  })

const FILES = {
  right: 'The file of the dossier is right.',
  missing: 'The file of the dossier is missing.',
  damaged:
    'The file of the dossier is damaged: its content has another hash, or it cannot be read.',
  restored: 'The file of the dossier was missing or damaged, and is restored.',
}
