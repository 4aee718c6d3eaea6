import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { SavedMappings } from '#server/contract/file-import.ts'
import type { ImportApplied, ImportPreview } from '#server/contract/import-preview.ts'
import { queryClient } from '#web/api.ts'
import form from '#web/ui/act-form.module.css'
import { Field } from '#web/ui/act-form.tsx'
import { DayInput } from '#web/ui/day-input.tsx'
import { MappingChoice } from '#web/ui/mapping-choice.tsx'
import { Panel } from '#web/ui/panel.tsx'
import { Reason } from '#web/ui/reason.tsx'
import { Skeleton } from '#web/ui/states.tsx'
import text from '#web/ui/text.module.css'
import styles from './import-panel.module.css'
import { PreviewView } from './preview-view.tsx'

/** The largest register of a city is 1.3 MB packed; the server says no above this as well. */
const MOST_BYTES = 32 * 1024 * 1024

/** What most cities of Russia have. */
const USUAL = 'reformagkh'

interface Chosen {
  file: File
  /** A shipped description by its name, or one's own as JSON. */
  preset: string | undefined
  mapping: string | undefined
  asOf: string | undefined
}

/** A register is chosen, looked at, and applied exactly as it was looked at. */
export function ImportPanel() {
  const { t } = useTranslation('registry')
  const [chosen, setChosen] = useState<Chosen | null>(null)
  const saved = useQuery({
    queryKey: ['register-mappings'],
    queryFn: savedMappings,
    staleTime: 60_000,
  })
  const [own, setOwn] = useState<string>()
  const description = own ?? saved.data?.find(({ name }) => name === USUAL)?.text ?? ''
  /** Of this text: nothing that was read keeps an older one. */
  const howOf = (text: string) => {
    const known = saved.data?.find((one) => one.text === text)
    return known?.shipped || text.trim() === ''
      ? { preset: known?.name ?? USUAL, mapping: undefined }
      : { preset: undefined, mapping: shortened(text) }
  }
  const [asOf, setAsOf] = useState<string>()
  const [moved, setMoved] = useState(false)
  const [applied, setApplied] = useState<ImportPreview | null>(null)
  const preview = useMutation({
    mutationFn: async ({ file, ...how }: Chosen): Promise<ImportPreview> => {
      if (file.size > MOST_BYTES)
        throw new Error(`a file has at most ${MOST_BYTES / 1024 / 1024} MB`)
      return (await send('/registry/preview', { name: file.name, ...how }, file)) as ImportPreview
    },
  })
  const [shown, setShown] = useState<ImportPreview | null>(null)
  const apply = useMutation({
    mutationFn: async (found: ImportPreview) => {
      const { sha256, diff } = found
      const { file, ...how } = chosen ?? { file: { name: '' }, ...howOf(description), asOf }
      return (await send('/registry/apply', {
        name: file.name,
        sha256,
        diff,
        ...how,
      })) as ImportApplied
    },
    onSuccess: async (answer) => {
      if ('moved' in answer) {
        setMoved(true)
        setShown(answer.moved)
        return
      }
      setMoved(false)
      setShown(null)
      setApplied(answer.stored)
      await queryClient.invalidateQueries()
    },
  })
  const look = (next: Chosen) => {
    setChosen(next)
    setApplied(null)
    setMoved(false)
    setShown(null)
    apply.reset()
    preview.mutate(next, { onSuccess: setShown })
  }
  const refused = preview.error?.message ?? apply.error?.message
  return (
    <div className={styles.import}>
      <Panel title={t('import.title')} finding={t('import.note')}>
        <div className={form.fields}>
          <Field label={t('import.file')}>
            <input
              type="file"
              accept=".csv,.gz,.tsv,.txt,.xlsx"
              onChange={(event) => {
                const file = event.target.files?.[0]
                if (file) look({ file, ...howOf(description), asOf })
              }}
            />
          </Field>
          <Field label={t('import.asOf')}>
            <DayInput
              value={asOf ?? ''}
              onChange={(date) => {
                const day = date || undefined
                setAsOf(day)
                if (chosen) look({ ...chosen, asOf: day })
              }}
            />
          </Field>
        </div>
        <MappingChoice
          saved={saved.data ?? []}
          text={description}
          onText={(text) => {
            setOwn(text)
            setShown(null)
            preview.reset()
            if (chosen && isWhole(text)) look({ ...chosen, ...howOf(text) })
          }}
          words={{
            saved: t('import.how'),
            choose: t('import.choose'),
            own: t('import.own'),
            text: t('import.mapping'),
          }}
        />
        {refused ? (
          <p className={form.refused} role="alert">
            {t('import.refused')} <Reason told={refused} />
          </p>
        ) : null}
        {moved ? (
          <p className={form.refused} role="alert">
            {t('import.moved')}
          </p>
        ) : null}
        <p role="status" className={text.quiet}>
          {preview.isPending ? t('import.reading') : apply.isPending ? t('import.storing') : null}
        </p>
      </Panel>
      {preview.isPending ? <Skeleton height={300} /> : null}
      {shown ? (
        <PreviewView found={shown} busy={apply.isPending} onApply={() => apply.mutate(shown)} />
      ) : null}
      {applied ? <PreviewView found={applied} stored /> : null}
    </div>
  )
}

const isWhole = (text: string) => {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
/** It travels in the address. */
const shortened = (text: string) => (isWhole(text) ? JSON.stringify(JSON.parse(text)) : text)

async function savedMappings(): Promise<SavedMappings> {
  const answer = await fetch('/registry/mappings')
  if (!answer.ok) throw new Error(String(answer.status))
  return SavedMappings.parse(await answer.json())
}

async function send(path: string, given: Record<string, string | undefined>, body?: Blob) {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(given)) if (value) search.set(name, value)
  const answer = await fetch(`${path}?${search}`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    ...(body && { body }),
  })
  const told = (await answer.json()) as { error?: string; moved?: unknown }
  if (!answer.ok && !told.moved) throw new Error(told.error ?? String(answer.status))
  return told
}
