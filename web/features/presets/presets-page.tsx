import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { inLanguage } from '#server/contract/vocabulary.ts'
import { type Answer, api } from '#web/api.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { Sentence } from '#web/ui/sentence.tsx'
import { ErrorState, Skeleton } from '#web/ui/states.tsx'
import { PresetPreview } from './preset-preview.tsx'
import styles from './presets.module.css'

export type Preset = Answer['presets']['list']['presets'][number]

interface PresetsPageProps {
  /** The definition in preview, and how far it looks back. */
  preset: string | undefined
  months: number | undefined
}

/** Definitions that officials know: whom each would mark on the present data, before a person says that the city goes by it. */
export function PresetsPage({ preset, months }: PresetsPageProps) {
  const { t } = useTranslation('presets')
  const format = useFormat()
  const answer = useQuery(api.presets.list.queryOptions())
  if (answer.isError && !answer.data)
    return (
      <div className={styles.page}>
        <ErrorState
          what={t('failed')}
          todo={t('failedTodo')}
          retry={{ label: t('retry'), run: () => void answer.refetch() }}
        />
      </div>
    )
  if (!answer.data)
    return (
      <div className={styles.page}>
        <Skeleton width="min(720px, 100%)" height={72} />
        <Skeleton height={420} />
      </div>
    )
  const { presets, mayChoose } = answer.data
  const chosen = presets.find(({ id }) => id === preset) ?? presets[0]
  const active = presets.filter((one) => one.active !== null).length
  return (
    <div className={styles.page}>
      <p className={styles.path}>
        <Link to="/flags">{t('back')}</Link>
      </p>
      <Sentence>
        {active === 0 ? t('sentence.none') : t('sentence.some', { n: format.number(active) })}
      </Sentence>
      <p className={styles.under}>{t('note')}</p>
      <nav className={styles.tabs} aria-label={t('choose')}>
        {presets.map((one) => (
          <Link
            key={one.id}
            to="/presets"
            search={{ preset: one.id }}
            aria-current={one.id === chosen?.id ? 'page' : undefined}
          >
            {inLanguage(one.name, format.language)}
            {one.active ? <small>{t('active')}</small> : null}
          </Link>
        ))}
      </nav>
      {chosen ? (
        <PresetPreview
          key={chosen.id}
          preset={chosen}
          months={months ?? chosen.months}
          mayChoose={mayChoose}
        />
      ) : null}
    </div>
  )
}
