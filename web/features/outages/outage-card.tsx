import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { inLanguage } from '#server/contract/vocabulary.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { useSourceName } from '#web/source-name.ts'
import buttons from '#web/ui/button.module.css'
import type { Line } from './answers.ts'
import { DeclareForm } from './declare-form.tsx'
import { DismissForm } from './dismiss-form.tsx'
import styles from './outages.module.css'
import { PromiseForm } from './promise-form.tsx'
import { usePlace, useWhy } from './use-words.ts'

type Open = 'dismiss' | 'declare' | 'promise' | null

/** One outage: what, where, since when, why we think so, and what a person may do about it. */
export function OutageCard({ line, now }: { line: Line; now: number }) {
  const { t } = useTranslation('outages')
  const format = useFormat()
  const [open, setOpen] = useState<Open>(null)
  const place = usePlace(line)
  const why = useWhy()
  const { announced, calls, resource, state } = line
  const close = () => setOpen(null)
  const id = `outage-${line.id}`
  return (
    <li className={styles.card} data-state={state} aria-labelledby={id}>
      <header className={styles.cardHead}>
        <h3 id={id}>
          {announced ? t(`gone.${resource}`) : t(`looksLike.${resource}`)}{' '}
          <span>
            {announced
              ? t(announced.planned ? 'kind.planned' : 'kind.accident')
              : t('kind.suspected')}
          </span>
        </h3>
        <p className={styles.where}>
          <b>{t('houses', { count: line.count, n: format.number(line.count) })}</b>
          {place ? `, ${place}` : ''}
        </p>
      </header>
      <Times line={line} now={now} />
      {calls && !announced ? <p className={styles.why}>{why(calls)}</p> : null}
      {announced ? <Announcement line={line} /> : null}
      <Lists line={line} />
      {open === 'dismiss' ? <DismissForm line={line} onDone={close} /> : null}
      {open === 'declare' ? <DeclareForm line={line} onDone={close} /> : null}
      {open === 'promise' ? <PromiseForm line={line} now={now} onDone={close} /> : null}
      {open === null && state !== 'ended' ? (
        <p className={styles.acts}>
          {announced ? (
            <button type="button" className={buttons.button} onClick={() => setOpen('promise')}>
              {t('revise.open')}
            </button>
          ) : (
            <>
              <button type="button" className={buttons.primary} onClick={() => setOpen('declare')}>
                {t('declare.open')}
              </button>
              <button type="button" className={buttons.button} onClick={() => setOpen('dismiss')}>
                {t('dismiss.open')}
              </button>
            </>
          )}
          <OnMap line={line} />
        </p>
      ) : null}
    </li>
  )
}

function OnMap({ line }: { line: Line }) {
  const { t } = useTranslation('outages')
  const [point] = line.outline ?? []
  if (!point) return null
  return (
    <Link to="/map" search={{ lon: point[0], lat: point[1], z: 15 }} className={styles.link}>
      {t('onMap')}
    </Link>
  )
}

function Times({ line, now }: { line: Line; now: number }) {
  const { t } = useTranslation('outages')
  const format = useFormat()
  const { announced, calls, since, raisedAt, state } = line
  const promised = announced?.promised ?? null
  const parts: { key: string; text: ReactNode; late?: boolean }[] = []
  if (state === 'ahead')
    parts.push({ key: 'begins', text: t('begins', { time: format.when(since, now) }) })
  else {
    parts.push({
      key: 'lasts',
      text: <b>{t('lasts', { time: format.duration((now - since) / 1000) })}</b>,
    })
    parts.push({ key: 'since', text: t('since', { time: format.when(since, now) }) })
  }
  if (promised === null) parts.push({ key: 'none', text: t('notPromised') })
  else if (promised < now)
    parts.push({
      key: 'late',
      text: t('late', { time: format.duration((now - promised) / 1000) }),
      late: true,
    })
  else parts.push({ key: 'promised', text: t('promised', { time: format.when(promised, now) }) })
  if (announced && announced.revised > 0)
    parts.push({
      key: 'revised',
      text: t('revised', { count: announced.revised, n: format.number(announced.revised) }),
    })
  if (!announced && raisedAt !== null)
    parts.push({
      key: 'raised',
      text: t('raised', {
        time: format.clock(raisedAt),
        after: format.duration((raisedAt - since) / 1000),
      }),
    })
  if (calls)
    parts.push({ key: 'last', text: t('lastCall', { time: format.when(calls.lastAt, now) }) })
  return (
    <ul className={styles.times}>
      {parts.map(({ key, text, late }) => (
        <li key={key} className={late ? styles.late : undefined}>
          {text}
        </li>
      ))}
    </ul>
  )
}

function Announcement({ line: { announced, calls } }: { line: Line }) {
  const { t } = useTranslation('outages')
  const format = useFormat()
  const nameOf = useSourceName()
  if (!announced) return null
  const { organization, cause, source } = announced
  return (
    <p className={styles.why}>
      {cause ? `${cause}. ` : null}
      {organization ? (
        <>
          <Link to="/organizations/$organization" params={{ organization: organization.id }}>
            {organization.name}
          </Link>
          .{' '}
        </>
      ) : null}
      {t('by', { source: nameOf(source) })}.
      {calls ? ` ${t('callsHere', { n: format.number(calls.apartments) })}.` : null}
    </p>
  )
}

/** The rows behind the numbers: requests, houses that called, houses that are silent. */
function Lists({ line }: { line: Line }) {
  const { t } = useTranslation('outages')
  const format = useFormat()
  const { announced, calls, houses, silent, count } = line
  const houseLinks = (all: Line['houses']) =>
    all.map(({ id, address }) => (
      <li key={id}>
        <Link to="/buildings/$building" params={{ building: id }}>
          {inLanguage(address, format.language) || id}
        </Link>
      </li>
    ))
  return (
    <div className={styles.lists}>
      {calls ? (
        <Rows title={t('calls')} count={calls.requests.length}>
          {calls.requests.map((number) => (
            <li key={number}>
              <Link to="/requests/$request" params={{ request: number }}>
                {number}
              </Link>
            </li>
          ))}
        </Rows>
      ) : null}
      <Rows title={t(announced ? 'announcedHouses' : 'called')} count={count}>
        {houseLinks(houses)}
        {count > houses.length ? (
          <li>{t('more', { n: format.number(count - houses.length) })}</li>
        ) : null}
      </Rows>
      {silent.length > 0 ? (
        <Rows title={t('silent')} count={silent.length}>
          {houseLinks(silent)}
        </Rows>
      ) : null}
    </div>
  )
}

function Rows({ title, count, children }: { title: string; count: number; children: ReactNode }) {
  const format = useFormat()
  return (
    <details className={styles.rows}>
      <summary>
        {title} <b>{format.number(count)}</b>
      </summary>
      <ul>{children}</ul>
    </details>
  )
}
