import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { inLanguage } from '#server/contract/vocabulary.ts'
import type { Answer } from '#web/api.ts'
import { useNamed } from '#web/lib/page-name.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { useSourceName } from '#web/source-name.ts'
import styles from './request.module.css'

export type Card = Answer['requests']['one']

/** The number and what it is about, in one row. */
export function RequestFacts({ card }: { card: Card }) {
  const { t } = useTranslation(['requests', 'words'])
  const format = useFormat()
  const sourceName = useSourceName()
  const { line } = card
  const title = t('one.number', { number: line.number })
  useNamed(title)
  const said = (name: Parameters<typeof inLanguage>[0] | null) =>
    name ? inLanguage(name, format.language) : ''
  const entrance = card.entrance ? t('one.facts.entrance', { n: card.entrance }) : null
  const byAddress =
    line.addressScore === null
      ? null
      : t('one.facts.byAddress', {
          place: line.place ?? '',
          score: format.percent(line.addressScore),
        })
  return (
    <header className={styles.facts}>
      <div>
        <p className={styles.crumbs}>
          <Link to="/requests">{t('one.back')}</Link>
          {line.district ? `, ${said(line.district)}` : null}
        </p>
        <h1 className={styles.title}>{title}</h1>
      </div>
      <dl className={styles.factRow}>
        <Fact
          name={t('one.facts.building')}
          more={[entrance, byAddress].filter(Boolean).join(', ')}
        >
          {line.building ? (
            <Link to="/buildings/$building" params={{ building: line.building.id }}>
              {said(line.building.address)}
            </Link>
          ) : (
            <>
              {line.place ?? t('noPlace')}
              {line.place && line.closedAt === null ? (
                <Link to="/desk" search={{ queue: 'addresses' }} className={styles.unaddressed}>
                  {t('one.facts.unaddressed')}
                </Link>
              ) : null}
            </>
          )}
        </Fact>
        <Fact name={t(`words:kind.${line.kind}`)} more={t(`words:priority.${line.priority}`)}>
          {said(line.category) || t('words:unknown')}
        </Fact>
        <Fact name={t('one.facts.channel')} more={card.source && sourceName(card.source)}>
          {t(`words:channel.${line.channel}`)}
        </Fact>
        <Fact name={t('one.facts.registered')}>{format.dateTime(line.registeredAt)}</Fact>
      </dl>
    </header>
  )
}

interface FactProps {
  name: string
  more?: string | null
  children: ReactNode
}

const Fact = ({ name, more, children }: FactProps) => (
  <div>
    <dt>{name}</dt>
    <dd>
      <strong>{children}</strong>
      {more ? <span> {more}</span> : null}
    </dd>
  </div>
)
