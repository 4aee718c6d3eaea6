import { open } from 'node:fs/promises'
import { ImportRefusal } from './refusal.ts'

const MB = 1024 * 1024
/** A sheet of a million rows has 20 to 60 MB packed. */
const LARGEST_FILE = 64 * MB
const LARGEST_UNPACKED = 512 * MB
const MOST_ENTRIES = 2000
/** XML of sheets packs to a twentieth or a fiftieth; a bomb to a thousandth. */
const RATIO = 150
const SMALL = MB
const END = 0x06054b50
const ENTRY = 0x02014b50
const END_SIZE = 22
const ENTRY_SIZE = 46
const LONGEST_COMMENT = 65_535
const ENCRYPTED = 1
const METHODS = new Set([0, 8])
const MANY = 0xffff
const HUGE = 0xffffffff

export interface Entry {
  name: string
  method: number
  packed: number
  /** As the file says; it may lie. */
  unpacked: number
  /** Where its own header begins. */
  at: number
}

/**
 * What is in an XLSX file, from its directory, before anything is unpacked. Throws ImportRefusal for what no spreadsheet program
 * writes: too many or too large parts, archives within it, names that lead elsewhere, passwords.
 */
export async function directoryOf(file: string): Promise<Entry[]> {
  const handle = await open(file)
  try {
    const { size } = await handle.stat()
    if (size > LARGEST_FILE)
      throw new ImportRefusal(
        `an XLSX file may have 64 MB, this one has ${inMb(size)}; save it as CSV`,
      )
    const read = async (at: number, length: number) => {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, at)
      return buffer.subarray(0, bytesRead)
    }
    const tailAt = Math.max(0, size - END_SIZE - LONGEST_COMMENT)
    const tail = await read(tailAt, size - tailAt)
    let end = tail.length - END_SIZE
    while (end >= 0 && tail.readUInt32LE(end) !== END) end--
    if (end < 0) throw broken()
    const count = tail.readUInt16LE(end + 10)
    const length = tail.readUInt32LE(end + 12)
    const at = tail.readUInt32LE(end + 16)
    if (count === MANY || at === HUGE || count > MOST_ENTRIES)
      throw new ImportRefusal(`the XLSX file holds more than ${MOST_ENTRIES} parts; save it as CSV`)
    if (at + length > size) throw broken()
    return checked(entriesOf(await read(at, length), count), size)
  } finally {
    await handle.close()
  }
}

function entriesOf(directory: Buffer, count: number): Entry[] {
  const entries: Entry[] = []
  let at = 0
  for (let number = 0; number < count; number++) {
    if (at + ENTRY_SIZE > directory.length || directory.readUInt32LE(at) !== ENTRY) throw broken()
    const nameLength = directory.readUInt16LE(at + 28)
    const next =
      at +
      ENTRY_SIZE +
      nameLength +
      directory.readUInt16LE(at + 30) +
      directory.readUInt16LE(at + 32)
    if (next > directory.length) throw broken()
    if (directory.readUInt16LE(at + 8) & ENCRYPTED)
      throw new ImportRefusal('the file has a password; save it without one')
    entries.push({
      name: directory.toString('utf8', at + ENTRY_SIZE, at + ENTRY_SIZE + nameLength),
      method: directory.readUInt16LE(at + 10),
      packed: directory.readUInt32LE(at + 20),
      unpacked: directory.readUInt32LE(at + 24),
      at: directory.readUInt32LE(at + 42),
    })
    at = next
  }
  return entries
}

function checked(entries: Entry[], size: number): Entry[] {
  const names = new Set(entries.map(({ name }) => name))
  if (names.size < entries.length) throw broken()
  let unpacked = 0
  for (const entry of entries) {
    const { name } = entry
    if (/(^|[\\/])\.\.([\\/]|$)|^[\\/]|^[a-z]:|\\|\0/i.test(name))
      throw new ImportRefusal(
        'a part of the file has a name that leads out of it; no spreadsheet program writes that',
      )
    if (/\.(zip|xlsx|xlsm|xlsb|7z|rar|gz)$/i.test(name))
      throw new ImportRefusal('the file holds another archive; save the sheet alone, or as CSV')
    if (!METHODS.has(entry.method)) throw broken()
    if (entry.packed === HUGE || entry.unpacked === HUGE || entry.at + entry.packed > size)
      throw broken()
    unpacked += entry.unpacked
    if (entry.unpacked > SMALL && entry.unpacked > entry.packed * RATIO) throw bomb()
  }
  if (unpacked > LARGEST_UNPACKED) throw bomb()
  if (!names.has('[Content_Types].xml') || !names.has('xl/workbook.xml'))
    throw new ImportRefusal('this is a ZIP file, not an XLSX workbook; unpack it, or save as CSV')
  return entries
}

const inMb = (bytes: number) => `${Math.ceil(bytes / MB)} MB`
const broken = () => new ImportRefusal('the XLSX file is broken; open it and save it again')
const bomb = () =>
  new ImportRefusal('the XLSX file would unpack to far more than a spreadsheet is; save it as CSV')
