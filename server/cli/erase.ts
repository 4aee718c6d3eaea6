import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { userInfo } from 'node:os'
import { parseArgs } from 'node:util'
import { keysFile, logFile } from '#server/open.ts'
import { type Act, eraseSubject, heldElsewhere } from '#server/subjects/erase.ts'
import { openSubjects } from '#server/subjects/subjects.ts'
import { type Command, Failure, type Terminal } from './command.ts'

export const erase: Command = {
  summary: 'erase a person, and prove that nothing is left',
  usage: `erase SUBJECT [--reason TEXT] [--backup FOLDER]... [--also PATH]... [--anyway] [--json]
       erase --due

Erases the contacts, the texts and the key of the person that events call SUBJECT, then looks for every value of theirs byte
by byte in all files of the data folder, in every backup that "backup" wrote (and those named with --backup), and under --also,
for example a folder of exports. Prints the act: what, when, by whom, what was searched with its SHA-256. The values themselves
are nowhere in it. Where a file holds a value and is nobody's to erase but a hand, such as an old export, nothing is erased
before the file is gone, or --anyway: afterwards nobody knows what to look for. Exit code 1 when something was found or a backup was not reached. The events stay: they hold no person. A
server may go on meanwhile. --due erases everybody whose retention has ended.`,
  async run(args, terminal) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        reason: { type: 'string', default: 'request of the person' },
        backup: { type: 'string', multiple: true },
        also: { type: 'string', multiple: true },
        json: { type: 'boolean' },
        due: { type: 'boolean' },
        anyway: { type: 'boolean' },
      },
    })
    const { dataDir } = terminal.config
    if (!existsSync(logFile(dataDir))) throw new Failure(`${dataDir} holds no log`)
    if (positionals.length !== (values.due ? 0 : 1))
      throw new Failure('name one person: domovoi erase SUBJECT, or erase --due')
    const people = values.due ? dueOf(terminal) : positionals
    if (people.length === 0) terminal.out('Nobody is due.')
    for (const subjectId of people) {
      const subjects = open(terminal)
      try {
        const known = subjects.erasedAt(subjectId)
        const where = {
          ...{ subjects, dataDir, subjectId },
          ...(values.backup && { backups: values.backup }),
          ...(values.also && { also: values.also }),
        }
        const elsewhere = values.anyway ? [] : heldElsewhere(where)
        for (const line of elsewhere.map(fileLine)) terminal.note(line)
        if (elsewhere.length > 0)
          throw new Failure(
            `nothing was erased: the files above (${elsewhere.length}) hold values of "${subjectId}"; remove them and run this again, or add --anyway`,
          )
        const act = await eraseSubject({
          ...where,
          reason: values.due ? 'retention has ended' : values.reason,
          by: userInfo().username,
          at: terminal.now(),
        })
        if (!act) {
          const why = known ? `; erased on ${new Date(known).toISOString()}` : '; check the id'
          throw new Failure(`nothing is kept of "${subjectId}"${why}`)
        }
        if (values.json) terminal.out(JSON.stringify(act))
        else for (const line of wordsOf(act)) terminal.out(line)
        if (!act.proved || act.backupsNotReached.length > 0)
          throw new Failure('the erasure is not proved: see the act')
      } finally {
        subjects.close()
      }
    }
  },
}

const open = ({ config: { dataDir } }: Terminal) =>
  openSubjects({ logFile: logFile(dataDir), keyFile: keysFile(dataDir), random: randomBytes })

function dueOf(terminal: Terminal): string[] {
  const subjects = open(terminal)
  try {
    return subjects.due(terminal.now())
  } finally {
    subjects.close()
  }
}

function wordsOf(act: Act): string[] {
  const list = (items: readonly string[]) => items.join(', ') || 'none'
  return [
    `Act of erasure of ${act.subjectId}, ${act.at}, by ${act.by}. Ground: ${act.reason}`,
    `Erased: ${list(act.erased)}. Quarantined rows cleared: ${act.quarantineRows}`,
    `Backups: ${list(act.backups)}. Not reached: ${list(act.backupsNotReached)}`,
    ...(act.tooShort.length > 0
      ? [`Too short to be searched for, erased with their row: ${list(act.tooShort)}`]
      : []),
    'Searched for every value as UTF-8, UTF-16 and escaped, and for the sealed row and its key:',
    ...act.searched.map(fileLine),
    act.proved
      ? 'Nothing is left.'
      : 'Something is left in the files above: remove it by hand and keep this act with the proof.',
    'The facts hold nothing but what the log tells. Blocks that the file system freed are not looked into.',
  ]
}

function fileLine({ path, bytes, sha256, found }: Act['searched'][number]): string {
  const what = found.map(({ of, times }) => `FOUND ${of}, ${times} times`).join('; ')
  return `  ${path}, ${bytes} bytes, SHA-256 ${sha256}: ${what || 'nothing'}`
}
