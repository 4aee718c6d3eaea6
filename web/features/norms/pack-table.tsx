import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { dayOfIso } from '#web/lib/city-time.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { Citations, useNormWords, Verified } from '#web/ui/norm.tsx'
import { type NormLine, type Pack, saidOf } from './found.ts'
import styles from './norms.module.css'

/** The norms of one pack; on a phone each is a card. */
export function PackTable({ pack }: { pack: Pack }) {
  const { t } = useTranslation('norms')
  const { language } = useFormat()
  const id = `pack-${pack.id}`
  return (
    <section className={styles.pack} aria-labelledby={id}>
      <h2 id={id}>
        {saidOf(pack.name, language)} <span>{pack.id}</span>
      </h2>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('norm')}</th>
            <th scope="col">{t('term')}</th>
            <th scope="col">{t('applies')}</th>
            <th scope="col">{t('basis')}</th>
            <th scope="col">{t('validity')}</th>
            <th scope="col" className={styles.count}>
              {t('governs')}
            </th>
          </tr>
        </thead>
        <tbody>
          {pack.norms.map((norm) => (
            <NormRow key={norm.ref} norm={norm} />
          ))}
        </tbody>
      </table>
    </section>
  )
}

function NormRow({ norm }: { norm: NormLine }) {
  const { t } = useTranslation('norms')
  const { language, number } = useFormat()
  const { term, timeOfDay } = useNormWords()
  const applied = norm.inForce === 'now' && norm.here
  return (
    <tr className={applied ? undefined : styles.idle}>
      <th scope="row">
        {saidOf(norm.name, language)}
        <span className={styles.ref}>{norm.ref}</span>
        {norm.note ? <span className={styles.note}>{saidOf(norm.note, language)}</span> : null}
      </th>
      <td data-title={t('term')}>
        <strong className={styles.term}>{term(norm.duration, norm.calendar)}</strong>
        <span className={styles.note}>
          {t(`start.${norm.start}`)} → {t(`end.${norm.end}`)}
        </span>
        {norm.window ? (
          <span className={styles.note}>
            {t('window', { from: timeOfDay(norm.window.from), to: timeOfDay(norm.window.to) })}
          </span>
        ) : null}
        {norm.pauses.length > 0 ? (
          <span className={styles.note}>
            {t('clocks.allowed', { what: norm.pauses.map((one) => t(`pause.${one}`)).join(', ') })}
          </span>
        ) : null}
      </td>
      <td data-title={t('applies')}>
        <Applies norm={norm} />
      </td>
      <td data-title={t('basis')}>
        <Citations citations={norm.citations} />
        {norm.otherStarts.map(({ start, citation }) => (
          <div key={start} className={styles.disputed}>
            {t('otherStart', { start: t(`start.${start}`) })}
            <Citations citations={[citation]} />
          </div>
        ))}
        <Verified verified={norm.verified} />
      </td>
      <td data-title={t('validity')}>
        <Validity norm={norm} />
      </td>
      <td data-title={t('governs')} className={styles.count}>
        {norm.requests === 0 ? (
          <span className={styles.quiet}>0</span>
        ) : (
          <>
            <Link to="/requests" search={{ norm: [norm.ref] }}>
              {number(norm.requests)}
            </Link>
            <Link
              to="/requests"
              search={{ norm: [norm.ref], is: ['open'], sort: 'remaining' }}
              className={styles.openLink}
            >
              {t('openN', { n: number(norm.open) })}
            </Link>
          </>
        )}
      </td>
    </tr>
  )
}

function Applies({ norm }: { norm: NormLine }) {
  const { t } = useTranslation(['norms', 'words'])
  const { language, day } = useFormat()
  const monthDay = (text: string) => day(dayOfIso(`2001-${text}`)).replace(/\s*2001.*$/, '')
  const said = [
    ...norm.groups.map((group) => saidOf(group, language)),
    (norm.priorities ?? []).length === 3
      ? ''
      : (norm.priorities ?? []).map((one) => t(`words:priority.${one}`)).join(', '),
    (norm.kinds ?? []).map((one) => t(`words:kind.${one}`)).join(', '),
    norm.season
      ? t('season', {
          name: saidOf(norm.season.name, language),
          from: monthDay(norm.season.from),
          to: monthDay(norm.season.to),
        })
      : '',
    norm.here ? '' : t('elsewhere', { region: saidOf(norm.region, language) }),
  ].filter((line) => line !== '')
  if (!norm.ofRequests) return <span className={styles.quiet}>{t('notRequests')}</span>
  const categories = norm.categories.map((category) => saidOf(category, language))
  if (said.length + categories.length === 0)
    return <span className={styles.quiet}>{t('everyRequest')}</span>
  return (
    <>
      {categories.length > 0 ? <Categories names={categories} /> : null}
      {said.map((line) => (
        <span key={line} className={styles.line}>
          {line}
        </span>
      ))}
    </>
  )
}

const CATEGORIES = 3

/** The first of them; a long list would make its row the highest of the page. */
function Categories({ names }: { names: readonly string[] }) {
  const { t } = useTranslation('norms')
  const { number } = useFormat()
  const [all, setAll] = useState(false)
  const folds = names.length > CATEGORIES + 1
  return (
    <span className={styles.line}>
      {(folds && !all ? names.slice(0, CATEGORIES) : names).join(', ')}
      {folds ? (
        <>
          {' '}
          <button
            type="button"
            className={styles.more}
            aria-expanded={all}
            onClick={() => setAll(!all)}
          >
            {all
              ? t('foldCategories')
              : t('moreCategories', { n: number(names.length - CATEGORIES) })}
          </button>
        </>
      ) : null}
    </span>
  )
}

function Validity({ norm }: { norm: NormLine }) {
  const { t } = useTranslation('norms')
  const format = useFormat()
  const date = (iso: string) => format.dayShort(dayOfIso(iso))
  return (
    <>
      <span className={styles.line}>{t(`inForce.${norm.inForce}`)}</span>
      <span className={styles.note}>
        {norm.validFrom ? t('from', { date: date(norm.validFrom) }) : t('noDates')}
        {norm.validTo ? `, ${t('to', { date: date(norm.validTo) })}` : null}
      </span>
    </>
  )
}
