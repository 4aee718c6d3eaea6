import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { inLanguage } from '#server/contract/vocabulary.ts'
import { type Answer, api } from '#web/api.ts'
import { useNow } from '#web/clock.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { addressOf } from '#web/lib/wall-time.ts'
import { ErrorState, Skeleton } from '#web/ui/states.tsx'
import { StatusShape } from '#web/ui/status-shape.tsx'
import styles from './house-then.module.css'
import type { Playhead } from './use-playhead.ts'
import { useSpan } from './use-replay.ts'
import { aheadIn, nothingAt } from './when.ts'

type House = Answer['replay']['building']
/** While time runs a house follows in steps of our own seconds. */
const STEP_MS = 1000
const MINUTE = 60_000

interface HouseThenProps {
  id: string
  head: Playhead
}

/** One house at the frame: who answered for it, and which requests stood open by which clock. */
export function HouseThen({ id, head }: HouseThenProps) {
  const { at, by, clock, playing, speed } = head
  const { t } = useTranslation('replay')
  const { number } = useFormat()
  const step = playing ? STEP_MS * speed : 1000
  const asked = Math.floor((at ?? 0) / step) * step
  const nothing = nothingAt(head, useSpan())
  const isAhead = aheadIn({ at, by }, useNow(MINUTE)) !== null
  const { data, isError, refetch } = useQuery(
    api.replay.building.queryOptions(
      { id, at: asked, ...(clock === 'known' && by !== null && { by }) },
      {
        meta: { live: false },
        placeholderData: keepPreviousData,
        enabled: at !== null && !isAhead,
      },
    ),
  )
  if (at === null) return null
  if (isAhead) return <p className={styles.holder}>{t('whenFuture')}</p>
  if (isError)
    return (
      <ErrorState
        what={t('failed')}
        todo={t('failedTodo')}
        retry={{ label: t('again'), run: () => void refetch() }}
      />
    )
  if (!data) return <Skeleton height={120} />
  return (
    <div className={styles.house}>
      <p className={styles.sentence}>
        {nothing
          ? `${t(nothing)}.`
          : t('building.sentence', {
              open: number(data.open[clock]),
              overdue: number(data.overdue[clock]),
            })}
      </p>
      <p className={styles.holder}>
        {t('building.answered')} <Holder holder={data.was} at={at} />
        {data.was?.id === data.known?.id ? null : (
          <>
            {' '}
            ({t('building.answeredKnown')}: <Holder holder={data.known} at={at} />)
          </>
        )}
      </p>
      {nothing === 'noData' ? null : data.requests.length === 0 ? (
        <p className={styles.holder}>{t('building.none')}</p>
      ) : (
        <ul className={styles.requests}>
          {data.requests.map((request) => (
            <RequestThen key={request.number} request={request} />
          ))}
        </ul>
      )}
    </div>
  )
}

function Holder({ holder, at }: { holder: House['was']; at: number }) {
  const { t } = useTranslation('replay')
  if (!holder) return <>{t('building.nobody')}</>
  return (
    <Link
      to="/organizations/$organization"
      params={{ organization: holder.id }}
      search={{ at: addressOf(at) }}
    >
      {holder.name}
    </Link>
  )
}

function RequestThen({ request }: { request: House['requests'][number] }) {
  const { t } = useTranslation('replay')
  const { language, dateTime } = useFormat()
  const { number, category, emergency, overdue, registeredAt, receivedAt, dueAt, was, known } =
    request
  return (
    <li className={styles.request}>
      <span className={styles.name}>
        {emergency && overdue ? <StatusShape kind="danger" /> : null}
        <Link to="/requests/$request" params={{ request: number }}>
          {category ? inLanguage(category, language) : number}
        </Link>
        {emergency ? <span>{t('building.emergency')}</span> : null}
      </span>
      <span className={styles.times}>
        {t('building.registered')} {dateTime(registeredAt)}
      </span>
      {was && !known && receivedAt !== null ? (
        <span className={styles.times}>
          {t('building.received')} {dateTime(receivedAt)}
        </span>
      ) : null}
      <span className={styles.times}>
        {dueAt === null ? t('building.noDue') : `${t('building.due')} ${dateTime(dueAt)}`}
        {overdue ? `, ${t('building.overdue')}` : null}
      </span>
      <span className={styles.stood} data-apart={was !== known || undefined}>
        {t(was && known ? 'building.both' : was ? 'building.onlyWas' : 'building.onlyKnown')}
      </span>
    </li>
  )
}
