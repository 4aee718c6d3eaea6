import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '#web/api.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { Panel } from '#web/ui/panel.tsx'
import { ErrorState, Skeleton } from '#web/ui/states.tsx'
import styles from './dossier.module.css'
import { type Dossier, SectionView } from './dossier-view.tsx'

const PAGE = { retry: false, staleTime: 600_000, meta: { live: false } } as const

export const useDossier = (flag: string) => {
  const { language } = useFormat()
  return useQuery(api.dossier.one.queryOptions({ flag, language }, PAGE))
}

/** The evidence sheet on its page: pictures first, then the tables they are drawn from. */
export function DossierPanels({ flag }: { flag: string }) {
  const { t } = useTranslation('flags')
  const answer = useDossier(flag)
  if (answer.isError && !answer.data)
    return (
      <ErrorState
        what={t('dossier.failed')}
        todo={t('failedTodo')}
        retry={{ label: t('retry'), run: () => void answer.refetch() }}
      />
    )
  if (!answer.data)
    return (
      <>
        <Skeleton height={320} />
        <Skeleton height={280} />
      </>
    )
  const { dossier } = answer.data
  const section = sectionOf(dossier)
  return (
    <>
      <Panel className={styles.panel ?? ''} title={section('summary')?.title}>
        <One section={section('summary')} />
      </Panel>
      <Panel className={styles.panel ?? ''} title={section('peers')?.title}>
        <div className={styles.pair}>
          <One section={section('figures')} only={(_, i) => i === 0} />
          <One section={section('peers')} />
        </div>
      </Panel>
      <Panel className={styles.panel ?? ''} title={section('quarters')?.title}>
        <div className={styles.pair}>
          <One section={section('quarters')} />
          <One section={section('figures')} only={(_, i) => i > 0} />
        </div>
      </Panel>
      <Panel className={styles.panel ?? ''} title={section('sensitivity')?.title}>
        <One section={section('sensitivity')} />
      </Panel>
      {(['categories', 'buildings', 'norms', 'reply'] as const).map((id) => (
        <Panel key={id} className={styles.panel ?? ''} title={section(id)?.title}>
          <One section={section(id)} rows={dossier.rows} />
        </Panel>
      ))}
      <Panel className={styles.panel ?? ''} title={section('method')?.title}>
        <One section={section('method')} />
        <One section={section('limits')} titled />
        <One section={section('hashes')} titled />
        <One section={section('group')} titled />
      </Panel>
    </>
  )
}

export const sectionOf = (dossier: Dossier) => (id: Dossier['sections'][number]['id']) =>
  dossier.sections.find((section) => section.id === id)

interface OneProps {
  rows?: Dossier['rows']
  section: Dossier['sections'][number] | undefined
  only?: Parameters<typeof SectionView>[0]['only']
  titled?: boolean
}

const One = ({ section, only, titled, rows }: OneProps) =>
  section ? (
    <SectionView section={section} bare={!titled} rows={rows} {...(only && { only })} />
  ) : null

/** The file in each language, and the sheet for the printer. */
export function Downloads({ flag }: { flag: string }) {
  const { t } = useTranslation('flags')
  return (
    <span className={styles.downloads}>
      <span>{t('dossier.download')}</span>
      {(['ru', 'kk', 'en'] as const).map((language) => (
        <a
          key={language}
          href={`/flags/${encodeURIComponent(flag)}/dossier.pdf?lang=${language}`}
          download
          hrefLang={language}
          aria-label={t('dossier.downloadIn', { language: t(`dossier.language.${language}`) })}
        >
          {t(`dossier.language.${language}`)}
        </a>
      ))}
    </span>
  )
}

/** Whether what is shown stands for ever, and whether the data behind it went on. */
export function DossierState({ flag }: { flag: string }) {
  const { t } = useTranslation('flags')
  const format = useFormat()
  const answer = useDossier(flag)
  const since = useQuery(api.dossier.since.queryOptions({ flag }, PAGE))
  if (!answer.data) return answer.isError ? null : <Skeleton height={20} />
  const { frozen, lost, at, head, hash } = answer.data
  const state = lost ? 'dossier.lost' : 'dossier.notFrozen'
  return (
    <p className={styles.state}>
      <span>
        {t(frozen ? 'dossier.frozen' : state, {
          at: format.dateTime(at),
          head: String(head),
          hash: hash.slice(0, 8),
        })}
      </span>
      {since.data && since.data.requests > 0 ? (
        <span>
          {t('dossier.since', {
            n: format.number(since.data.requests),
            cut: format.dateTime(since.data.cut),
          })}
        </span>
      ) : null}
    </p>
  )
}
