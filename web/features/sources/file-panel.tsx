import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { queryClient } from '#web/api.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { MappingChoice } from '#web/ui/mapping-choice.tsx'
import { Panel } from '#web/ui/panel.tsx'
import { Reason } from '#web/ui/reason.tsx'
import { FilePreviewTable } from './file-preview.tsx'
import { type FileReport, importFile, previewFile, savedMappings } from './send-file.ts'
import styles from './sources.module.css'

/** A file of requests: chosen, described by a mapping, looked at, stored. */
export function FilePanel() {
  const { t } = useTranslation('sources')
  const format = useFormat()
  const saved = useQuery({ queryKey: ['mappings'], queryFn: savedMappings, staleTime: 60_000 })
  const [file, setFile] = useState<File>()
  const [mapping, setMapping] = useState('')
  const [share, setShare] = useState(0)
  const preview = useMutation({ mutationFn: (given: File) => previewFile(given, mapping) })
  const store = useMutation({
    mutationFn: (given: File) => {
      setShare(0)
      return importFile(given, mapping, setShare)
    },
    onSuccess: async () => {
      preview.reset()
      await queryClient.invalidateQueries()
    },
  })
  const forget = () => {
    preview.reset()
    store.reset()
  }
  const refused = preview.error?.message ?? store.error?.message
  const busy = preview.isPending || store.isPending
  return (
    <Panel title={t('file.title')} finding={t('file.note')}>
      <div className={styles.fields}>
        <label>
          <span>{t('file.file')}</span>
          <input
            type="file"
            accept=".csv,.tsv,.txt,.gz,.xlsx"
            onChange={(event) => {
              forget()
              setFile(event.target.files?.[0])
            }}
          />
        </label>
      </div>
      <div className={styles.mapping}>
        <MappingChoice
          saved={saved.data ?? []}
          text={mapping}
          onText={(text) => {
            forget()
            setMapping(text)
          }}
          words={{
            saved: t('file.saved'),
            choose: t('file.choose'),
            own: t('file.own'),
            text: t('file.mapping'),
          }}
        />
      </div>
      {refused ? (
        <p className={styles.fault} role="alert">
          {t('file.refused')} <Reason told={refused} />
        </p>
      ) : null}
      <p className={styles.buttons}>
        <button
          type="button"
          className={styles.button}
          disabled={!file || mapping.trim() === '' || busy}
          onClick={() => file && preview.mutate(file)}
        >
          {t('file.look')}
        </button>
        {preview.data ? (
          <button
            type="button"
            className={styles.primary}
            disabled={busy}
            onClick={() => file && store.mutate(file)}
          >
            {t('file.store')}
          </button>
        ) : null}
      </p>
      <p role="status" className={styles.quiet}>
        {preview.isPending ? t('file.looking') : null}
        {store.isPending ? t('file.storing', { share: format.percent(share) }) : null}
      </p>
      {store.isPending ? (
        <progress className={styles.progress} value={share} aria-label={t('file.store')} />
      ) : null}
      {preview.data && !store.isPending ? <FilePreviewTable found={preview.data} /> : null}
      {store.data ? <Report report={store.data} /> : null}
    </Panel>
  )
}

function Report({ report }: { report: FileReport }) {
  const { t } = useTranslation('sources')
  const format = useFormat()
  return (
    <div className={styles.words}>
      <p>
        <b>
          {t('file.done', {
            read: format.number(report.read),
            stored: format.number(report.stored),
            known: format.number(report.known),
            quarantined: format.number(report.quarantined),
          })}
        </b>
      </p>
      {report.quarantine.length > 0 ? (
        <ul className={styles.rows}>
          {report.quarantine.map(({ column, reason, rows, row }) => (
            <li key={`${column} ${reason}`}>
              <b>{column}</b> <Reason told={reason} />{' '}
              {t('file.rows', { count: rows, n: format.number(rows), row: String(row) })}
            </li>
          ))}
        </ul>
      ) : null}
      {report.warnings.map((warning) => (
        <p key={warning} className={styles.quiet}>
          <Reason told={warning} />
        </p>
      ))}
    </div>
  )
}
