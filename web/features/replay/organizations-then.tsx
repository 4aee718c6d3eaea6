import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api } from '#web/api.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { addressOf } from '#web/lib/wall-time.ts'
import { ErrorState, Skeleton } from '#web/ui/states.tsx'
import styles from './map-timeline.module.css'
import type { Replay } from './use-replay.ts'

const SHOWN = 30
/** While time runs the table follows in steps of so many of our seconds. */
const STEP_S = 2

/** Who answered for what stood open at the frame, by both clocks. */
export function OrganizationsThen({ replay }: { replay: Replay }) {
  const { t } = useTranslation('replay')
  const { number } = useFormat()
  const { at, by, clock, playing, speed, scope } = replay
  const step = playing ? STEP_S * 1000 * speed : 1000
  const asked = Math.floor((at ?? 0) / step) * step
  const { data, isError, refetch } = useQuery(
    api.replay.organizations.queryOptions(
      { at: asked, ...scope, ...(clock === 'known' && by !== null && { by }) },
      { meta: { live: false }, placeholderData: keepPreviousData, enabled: at !== null },
    ),
  )
  if (isError)
    return (
      <ErrorState
        what={t('failed')}
        todo={t('failedTodo')}
        retry={{ label: t('again'), run: () => void refetch() }}
      />
    )
  if (!data || at === null) return <Skeleton height={190} />
  if (replay.nothing && replay.nothing !== 'ahead') return <p>{t(replay.nothing)}.</p>
  if (data.organizations.length === 0) return <p>{t('organizations.none')}</p>
  return (
    <section
      className={styles.scroll}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls is reached by keys
      tabIndex={0}
      aria-label={t('organizations.title')}
    >
      <table className={styles.table}>
        <caption className="visually-hidden">{t('organizations.title')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('organizations.name')}</th>
            <th scope="col">{t('organizations.wasOpen')}</th>
            <th scope="col">{t('organizations.knownOpen')}</th>
            <th scope="col">{t('organizations.wasOverdue')}</th>
            <th scope="col">{t('organizations.knownOverdue')}</th>
          </tr>
        </thead>
        <tbody>
          {data.organizations.slice(0, SHOWN).map(({ id, name, was, known }) => (
            <tr key={id ?? ''}>
              <td>
                {id === null ? (
                  t('organizations.nobody')
                ) : (
                  <Link
                    to="/organizations/$organization"
                    params={{ organization: id }}
                    search={{ at: addressOf(at), ...(clock === 'known' && { clock }) }}
                  >
                    {name}
                  </Link>
                )}
              </td>
              <td>{number(was.open)}</td>
              <td>{number(known.open)}</td>
              <td>{number(was.overdue)}</td>
              <td>{number(known.overdue)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>
        {data.organizations.length > SHOWN
          ? `${t('organizations.more', { n: number(data.organizations.length - SHOWN) })} `
          : null}
        {t('register')}
      </p>
    </section>
  )
}
