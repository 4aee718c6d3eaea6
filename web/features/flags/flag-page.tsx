import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Trans, useTranslation } from 'react-i18next'
import { api } from '#web/api.ts'
import { useNamed } from '#web/lib/page-name.ts'
import { isUnknown } from '#web/lib/refused.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { LevelMark } from '#web/ui/level.tsx'
import { NumberLink, Sentence } from '#web/ui/sentence.tsx'
import { ErrorState, Skeleton } from '#web/ui/states.tsx'
import { CoursePanel } from './course-panel.tsx'
import { DossierPanels, DossierState, Downloads } from './dossier-panel.tsx'
import { FlagCard } from './flag-card.tsx'
import type { Flag } from './flag-figures.tsx'
import styles from './flags.module.css'

/** One flag: its figures in words, what it rests on, and the requests behind it. */
export function FlagPage({ id }: { id: string }) {
  const { t } = useTranslation('flags')
  const answer = useQuery(
    api.flags.one.queryOptions({ id }, { retry: false, staleTime: 600_000, meta: { live: false } }),
  )
  const named = answer.data
  useNamed(named && `${named.organization.name}, ${t(`measure.${named.measure}`)}`)
  if (answer.isError && !answer.data)
    return (
      <div className={styles.page}>
        <ErrorState
          what={isUnknown(answer.error) ? t('page.unknown') : t('failed')}
          todo={isUnknown(answer.error) ? t('page.unknownTodo') : t('failedTodo')}
          retry={{ label: t('retry'), run: () => void answer.refetch() }}
        />
      </div>
    )
  const flag = answer.data
  if (!flag)
    return (
      <div className={styles.page}>
        <Skeleton width="min(860px, 100%)" height={108} />
        <Skeleton height={420} />
      </div>
    )
  return (
    <div className={styles.page}>
      <p className={styles.path}>
        <Link to="/flags">{t('page.back')}</Link>
        <LevelMark level={flag.level} />
        <Link
          to="/organizations/$organization"
          params={{ organization: flag.organization.id }}
          search={{ measure: flag.measure === 'pace' ? undefined : flag.measure }}
        >
          {t('page.organization')}
        </Link>
        <Link to="/flags/$flag/dossier" params={{ flag: id }}>
          {t('dossier.sheet')}
        </Link>
        <Downloads flag={id} />
      </p>
      <FlagSentence flag={flag} />
      <DossierState flag={id} />
      <div className={styles.sheet}>
        <div className={styles.evidence}>
          <DossierPanels flag={id} />
        </div>
        <div className={styles.aside}>
          <FlagCard organization={flag.organization.id} measure={flag.measure} atHome />
          <CoursePanel flag={id} />
        </div>
      </div>
    </div>
  )
}

function FlagSentence({ flag }: { flag: Flag }) {
  const { t } = useTranslation('flags')
  const format = useFormat()
  const { figures, rows, organization, measure, closed } = flag
  return (
    <Sentence>
      <Trans
        t={t}
        i18nKey={`page.sentence.${measure}`}
        values={{
          name: organization.name,
          n: format.number(figures.n),
          observed: format.number(figures.observed),
          closed: format.number(closed ?? figures.observed),
          expected: format.number(figures.expected),
        }}
        components={{
          among: <NumberLink to="/requests" search={rows.among} />,
          events: <NumberLink to="/requests" search={rows.events} />,
        }}
      />
    </Sentence>
  )
}
