import { FileImportLine, FilePreview, SavedMappings } from '#server/contract/file-import.ts'

const formOf = (file: File, mapping: string) => {
  const body = new FormData()
  body.set('file', file)
  body.set('mapping', mapping)
  return body
}

/** Rejects with what the server said against it. */
async function taken(answer: Response): Promise<Response> {
  if (answer.ok) return answer
  const told: unknown = await answer.json().catch(() => null)
  const error = typeof told === 'object' && told !== null && 'error' in told ? told.error : null
  throw new Error(String(error ?? answer.status))
}

export async function savedMappings(): Promise<SavedMappings> {
  return SavedMappings.parse(await (await taken(await fetch('/sources/mappings'))).json())
}

export async function previewFile(file: File, mapping: string): Promise<FilePreview> {
  const answer = await fetch('/sources/preview', { method: 'POST', body: formOf(file, mapping) })
  return FilePreview.parse(await (await taken(answer)).json())
}

export type FileReport = Extract<FileImportLine, { report: unknown }>['report']

/** Stores the file; tells the share that is done, and resolves with what became of it. */
export async function importFile(
  file: File,
  mapping: string,
  tell: (share: number) => void,
): Promise<FileReport> {
  const answer = await taken(
    await fetch('/sources/import', { method: 'POST', body: formOf(file, mapping) }),
  )
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader()
  let held = ''
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true }
    held += value ?? ''
    const lines = held.split('\n')
    held = lines.pop() ?? ''
    for (const text of lines) {
      const line = FileImportLine.parse(JSON.parse(text))
      if ('report' in line) return line.report
      if ('error' in line) throw new Error(line.error)
      tell(line.total === 0 ? 1 : line.done / line.total)
    }
    if (done)
      throw new Error('the connection broke off; the file may be stored in part, send it again')
  }
}
