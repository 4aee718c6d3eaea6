import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#web/lib/use-format.ts'
import { Panel } from '#web/ui/panel.tsx'
import styles from './request.module.css'
import type { Card } from './request-facts.tsx'

/** Who was responsible when by the record, and who managed the building then by the register. */
export function PartiesPanel({ card }: { card: Card }) {
  const { t } = useTranslation(['requests', 'words'])
  const format = useFormat()
  const { tenure } = card
  const span = tenure
    ? tenure.end === null
      ? t('one.tenureSince', { date: format.date(tenure.start) })
      : t('one.tenureSpan', { from: format.date(tenure.start), to: format.date(tenure.end) })
    : null
  return (
    <Panel title={t('one.parties')} note={t('one.partiesNote')}>
      <ol className={styles.parties}>
        {card.spells.map((spell) => (
          <li key={spell.start}>
            <Party party={spell.organization} />
            <span className={styles.quiet}>
              {t('one.spellSince', { time: format.dateTime(spell.start) })}
              {spell.end === null
                ? null
                : ` ${t('one.until', { time: format.dateTime(spell.end) })}`}
              , {t(`words:spellEnd.${spell.reason}`)}
            </span>
          </li>
        ))}
        {card.contractor ? (
          <li>
            <Party party={card.contractor} />
            <span className={styles.quiet}>{t('one.contractor')}</span>
          </li>
        ) : null}
        {card.line.building ? (
          <li>
            {tenure?.organization ? (
              <>
                <Party party={tenure.organization} />
                <span className={styles.quiet}>
                  {t('one.tenure')}: {span}
                  {tenure.contract ? `, ${t('one.contract', { contract: tenure.contract })}` : null}
                </span>
              </>
            ) : (
              <span className={styles.quiet}>{t('one.tenureNone')}</span>
            )}
          </li>
        ) : null}
      </ol>
    </Panel>
  )
}

function Party({ party }: { party: { id: string; name: string } | null }) {
  const { t } = useTranslation('words')
  if (!party) return <strong>{t('nobody')}</strong>
  return (
    <Link
      to="/organizations/$organization"
      params={{ organization: party.id }}
      className={styles.party}
    >
      {party.name}
    </Link>
  )
}
