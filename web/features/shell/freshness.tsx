import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api } from '#web/api.ts'
import { useNow } from '#web/clock.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { Dropdown } from '#web/ui/dropdown.tsx'
import { StatusShape } from '#web/ui/status-shape.tsx'
import { useMedia } from '#web/ui/use-media.ts'
import styles from './freshness.module.css'
import { useSourceName } from './source-name.ts'

const SHOWN = { wide: 5, usual: 3 }

/** Age of the newest event of each source, on every page. Silent ones come first among those shown. */
export function FreshnessList() {
  const { t } = useTranslation('shell')
  const format = useFormat()
  const nameOf = useSourceName()
  const now = useNow(1000)
  const room = useMedia('(min-width: 1760px)') ? SHOWN.wide : SHOWN.usual
  const { data: sources = [] } = useQuery(
    api.shell.freshness.queryOptions(undefined, { refetchInterval: 60_000 }),
  )
  if (sources.length === 0) return null
  const inOrder = sources.toSorted(
    (a, b) => Number(b.silentTooLong) - Number(a.silentTooLong) || b.newestAt - a.newestAt,
  )
  const shown = inOrder
    .slice(0, room)
    .toSorted((a, b) => Number(a.silentTooLong) - Number(b.silentTooLong))
  const words = ({ source, newestAt, silentTooLong, expected }: (typeof sources)[number]) => {
    const name = nameOf(source)
    const age = format.age((now - newestAt) / 1000)
    if (silentTooLong && expected !== null)
      return t('fresh.silent', { source: name, age, expected: format.number(expected) })
    if (silentTooLong) return t('fresh.silentUnknown', { source: name, age })
    return t('fresh.title', { source: name, age, when: format.when(newestAt, now) })
  }
  return (
    <Dropdown
      align="end"
      className={styles.list ?? ''}
      face={
        <>
          <span className={styles.head} aria-hidden="true">
            <span>{t('fresh.label')}</span>
            <span>{t('fresh.newest')}</span>
          </span>
          {shown.map((source) => (
            <span key={source.source} className={styles.source} title={words(source)}>
              <span className={styles.name}>{nameOf(source.source)}</span>
              <span className={source.silentTooLong ? styles.silent : styles.age}>
                {source.silentTooLong ? <StatusShape kind="watch" size={11} /> : null}
                {format.age((now - source.newestAt) / 1000)}
              </span>
            </span>
          ))}
          {sources.length > shown.length ? (
            <span className={styles.more}>
              {t('fresh.more', { n: format.number(sources.length - shown.length) })}
            </span>
          ) : null}
        </>
      }
    >
      {() => (
        <ul className={styles.details}>
          {inOrder.map((source) => (
            <li key={source.source}>
              <span className={styles.mark}>
                {source.silentTooLong ? <StatusShape kind="watch" /> : null}
              </span>
              <Link to="/sources/$source" params={{ source: source.source }} search={{ days: 28 }}>
                {words(source)}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Dropdown>
  )
}
