import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { ReplayAddress } from '#server/contract/replay.ts'
import { inLanguage } from '#server/contract/vocabulary.ts'
import { api } from '#web/api.ts'
import { useNow } from '#web/clock.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { addressOf } from '#web/lib/wall-time.ts'
import buttons from '#web/ui/button.module.css'
import { Panel } from '#web/ui/panel.tsx'
import { ErrorState, Skeleton } from '#web/ui/states.tsx'
import text from '#web/ui/text.module.css'
import { Apart, ClockChoice } from './clock-choice.tsx'
import { ChangesLink } from './files.tsx'
import styles from './house-then.module.css'
import { HouseThen } from './house-then.tsx'
import tables from './map-timeline.module.css'
import { PastBanner } from './past-banner.tsx'
import { ReplayBar } from './replay-bar.tsx'
import type { Playhead } from './use-playhead.ts'
import { type OnReplay, useHead, useSpan } from './use-replay.ts'
import type { ReplayScope } from './use-stretches.ts'
import { aheadIn, nothingAt, toldAt } from './when.ts'

const MINUTE = 60_000
const HOUR = 3_600_000
const EVERYTHING = { district: [], category: [], organization: [] }

interface PastPanelProps {
  id: string
  address: ReplayAddress
  onReplay: OnReplay
}

interface FrameProps {
  what: 'building' | 'organization'
  address: ReplayAddress
  onReplay: OnReplay
  scope: ReplayScope
  children: (head: Playhead) => ReactNode
}

/** Closed until somebody asks for the past, so that nobody takes it for the present. */
function PastFrame({ what, address, onReplay, scope, children }: FrameProps) {
  const { t } = useTranslation('replay')
  const now = useNow(MINUTE)
  const span = useSpan()
  const head = useHead(address, onReplay, () => now)
  const open = head.at !== null
  return (
    <Panel
      title={t(`${what}.title`)}
      note={t(`${what}.why`)}
      actions={
        <button
          type="button"
          className={buttons.button}
          aria-expanded={open}
          onClick={() => head.seek(open ? null : Math.floor((now - HOUR) / MINUTE) * MINUTE)}
        >
          {t(open ? 'building.close' : 'building.open')}
        </button>
      }
      flush
    >
      {open ? (
        <div className={styles.past}>
          <div className={styles.notice}>
            <PastBanner head={head} />
          </div>
          {aheadIn(head, now) === null ? (
            <>
              <ReplayBar head={head} now={now} began={span?.began ?? null} scope={scope}>
                {(window) => (
                  <p className={tables.acts}>
                    <ChangesLink window={window} scope={{ ...scope }} />
                  </p>
                )}
              </ReplayBar>
              {children(head)}
            </>
          ) : null}
        </div>
      ) : (
        <div style={{ height: 10 }} />
      )}
    </Panel>
  )
}

/** The page of a house with its past. */
export function BuildingPast({ id, address, onReplay }: PastPanelProps) {
  const { t } = useTranslation('replay')
  const scope = useMemo(() => ({ ...EVERYTHING, building: [id] }), [id])
  return (
    <PastFrame what="building" {...{ address, onReplay, scope }}>
      {(head) => (
        <>
          <ClockLine head={head} />
          <HouseThen id={id} head={head} />
          <p className={styles.rest}>{t('building.rest')}</p>
        </>
      )}
    </PastFrame>
  )
}

/** A house chosen on a map of the past. */
export function PastHouse({
  id,
  head,
  onClose,
}: {
  id: string
  head: Playhead
  onClose: () => void
}) {
  const { t } = useTranslation('replay')
  return (
    <Panel
      title={
        <Link
          to="/buildings/$building"
          params={{ building: id }}
          search={{ ...(head.at !== null && { at: addressOf(head.at) }) }}
        >
          {t('building.title')}
        </Link>
      }
      actions={
        <button type="button" className={text.link} onClick={onClose}>
          {t('building.close')}
        </button>
      }
      flush
    >
      <HouseThen id={id} head={head} />
    </Panel>
  )
}

/** The page of an organization with its past. */
export function OrganizationPast({ id, address, onReplay }: PastPanelProps) {
  const scope = useMemo(() => ({ ...EVERYTHING, organization: [id] }), [id])
  return (
    <PastFrame what="organization" {...{ address, onReplay, scope }}>
      {(head) => <OrganizationThen id={id} head={head} />}
    </PastFrame>
  )
}

function OrganizationThen({ id, head }: { id: string; head: Playhead }) {
  const { t } = useTranslation('replay')
  const { language, number } = useFormat()
  const { at, by, clock, playing, speed } = head
  const step = playing ? 1000 * speed : 1000
  const span = useSpan()
  const told = toldAt(head, span)
  const nothing = nothingAt(head, span)
  const { data, isError, refetch } = useQuery(
    api.replay.organization.queryOptions(
      {
        id,
        at: Math.floor((at ?? 0) / step) * step,
        ...(clock === 'known' && by !== null && { by }),
      },
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
  if (!data || at === null) return <Skeleton height={180} />
  return (
    <div className={styles.house}>
      <ClockChoice {...{ clock, by, told }} totals={data} onClock={head.setClock} />
      <p className={styles.holder}>
        {nothing ? `${t(nothing)}.` : <Apart totals={data} />}{' '}
        {t('organization.houses', { count: data.houses, n: number(data.houses) })}. {t('register')}
      </p>
      {nothing ? null : data.worst.length === 0 ? (
        <p>{t('organization.none')}</p>
      ) : (
        <div className={tables.scroll}>
          <table className={tables.table}>
            <caption className="visually-hidden">{t('organization.worst')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('organization.house')}</th>
                <th scope="col">{t('organizations.wasOpen')}</th>
                <th scope="col">{t('organizations.knownOpen')}</th>
                <th scope="col">{t('organizations.wasOverdue')}</th>
                <th scope="col">{t('organizations.knownOverdue')}</th>
              </tr>
            </thead>
            <tbody>
              {data.worst.map((house) => (
                <tr key={house.id}>
                  <td>
                    <Link
                      to="/buildings/$building"
                      params={{ building: house.id }}
                      search={{ at: addressOf(at), ...(clock === 'known' && { clock }) }}
                    >
                      {inLanguage(house.address, language) || house.id}
                    </Link>
                  </td>
                  <td>{number(house.was.open)}</td>
                  <td>{number(house.known.open)}</td>
                  <td>{number(house.was.overdue)}</td>
                  <td>{number(house.known.overdue)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {data.all > data.worst.length ? (
        <p className={styles.holder}>
          {t('organization.shown', { n: number(data.worst.length), all: number(data.all) })}
        </p>
      ) : null}
      <p className={styles.holder}>{t('building.rest')}</p>
    </div>
  )
}

/** The choice of the clock where no counts stand beside it. */
function ClockLine({ head }: { head: Playhead }) {
  const told = toldAt(head, useSpan())
  return (
    <div className={styles.house}>
      <ClockChoice clock={head.clock} by={head.by} told={told} onClock={head.setClock} />
    </div>
  )
}
