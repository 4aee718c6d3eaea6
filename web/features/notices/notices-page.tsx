import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api } from '#web/api.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { Sentence } from '#web/ui/sentence.tsx'
import { Skeleton } from '#web/ui/states.tsx'
import { DeliveriesView } from './deliveries-view.tsx'
import styles from './notices.module.css'
import { RecipientsView } from './recipients-view.tsx'
import { RulesView } from './rules-view.tsx'
import { type NoticesSearch, VIEWS } from './search.ts'
import { StandingView } from './standing-view.tsx'
import { SignedBy } from './who.tsx'

/** What people are told of: what stands, by which rules, who hears of it, and whether it arrived. */
export function NoticesPage({ search }: { search: NoticesSearch }) {
  const { t } = useTranslation('notices')
  const view = search.view ?? 'now'
  return (
    <div className={styles.page}>
      <Sentence>
        <PageSentence />
      </Sentence>
      <SignedBy
        above={
          <nav aria-label={t('view.label')} className={styles.views}>
            {VIEWS.map((one) => (
              <Link
                key={one}
                to="/notices"
                search={one === 'now' ? {} : { view: one }}
                aria-current={one === view ? 'page' : undefined}
                activeOptions={{ exact: true, includeSearch: true }}
              >
                {t(`view.${one}`)}
              </Link>
            ))}
          </nav>
        }
      >
        {view === 'now' ? <StandingView before={search.before ?? null} /> : null}
        {view === 'rules' ? <RulesView /> : null}
        {view === 'recipients' ? <RecipientsView /> : null}
        {view === 'deliveries' ? <DeliveriesView onlyDead={search.dead ?? false} /> : null}
      </SignedBy>
    </div>
  )
}

function PageSentence() {
  const { t } = useTranslation('notices')
  const format = useFormat()
  const { data } = useQuery(api.notices.bell.queryOptions(undefined, { refetchInterval: 30_000 }))
  const deliveries = useQuery(api.notices.deliveries.queryOptions())
  if (!data) return <Skeleton width="min(560px, 100%)" height={36} />
  const { count, unacknowledged } = data
  const dead = deliveries.data?.channels.reduce((sum, channel) => sum + channel.dead, 0) ?? 0
  const n = format.number(count)
  return (
    <>
      {count === 0
        ? t('sentence.none')
        : unacknowledged === 0
          ? t('sentence.all', { count, n })
          : t('sentence.some', { count, n, open: format.number(unacknowledged) })}{' '}
      {dead > 0 ? (
        <Link to="/notices" search={{ view: 'deliveries', dead: true }} className={styles.number}>
          {t('sentence.dead', { count: dead, n: format.number(dead) })}
        </Link>
      ) : null}
    </>
  )
}
