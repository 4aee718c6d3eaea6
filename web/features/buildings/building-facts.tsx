import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { Trans, useTranslation } from 'react-i18next'
import { inLanguage } from '#server/contract/vocabulary.ts'
import { useNamed } from '#web/lib/page-name.ts'
import { useFormat } from '#web/lib/use-format.ts'
import buttons from '#web/ui/button.module.css'
import { MaskedNote } from '#web/ui/masked-note.tsx'
import styles from './building.module.css'
import type { Card } from './card.ts'
import { kindOf } from './series.ts'

/** The address and what the building is, in one row. */
export function BuildingFacts({ card }: { card: Card }) {
  const { t } = useTranslation('buildings')
  const format = useFormat()
  const { building, district, answers } = card
  const address = inLanguage(building.address, format.language)
  useNamed(address)
  const number = (value: number | null) => (value === null ? null : format.number(value))
  const kind = kindOf(building.series)
  // The registry writes a number of a series, or what it is in words.
  const series =
    building.series && /\d/.test(building.series)
      ? t('one.series', { name: building.series })
      : building.series
  const floors = [number(building.floors), number(building.entrances)].filter(
    (part) => part !== null,
  )
  return (
    <header className={styles.facts}>
      <div className={styles.name}>
        <p className={styles.crumbs}>
          <Link to="/buildings">{t('one.back')}</Link>
          {district ? (
            <>
              ,{' '}
              <Link to="/buildings" search={{ district: [district.id] }}>
                {inLanguage(district.name, format.language)}
              </Link>
            </>
          ) : null}
        </p>
        <h1 className={styles.title}>{address}</h1>
        <MaskedNote of={address} />
        {building.gone ? <p className={styles.gone}>{t('one.goneNote')}</p> : null}
      </div>
      <dl className={styles.factRow}>
        <Fact name={t('one.built')} more={kind ? t(`series.${kind}`) : series}>
          {building.year}
        </Fact>
        <Fact name={t('one.floors')}>{floors.length > 0 ? floors.join(', ') : null}</Fact>
        <Fact name={t('one.apartments')}>{number(building.apartments)}</Fact>
        <Fact name={t('one.lifts')}>{number(building.lifts)}</Fact>
        <Fact name={t('one.heating')}>{building.heatingPoint}</Fact>
        <Fact name={t('one.cityShare')}>
          {building.cityShare === null ? null : format.percent(building.cityShare)}
        </Fact>
      </dl>
      {answers ? (
        <p className={styles.answersLine}>
          <Trans
            t={t}
            i18nKey="answers.answersSince"
            values={{ name: answers.name, date: format.date(answers.since) }}
            components={{
              who: (
                <Link
                  to="/organizations/$organization"
                  params={{ organization: answers.id }}
                  className={styles.who}
                />
              ),
            }}
          />
        </p>
      ) : null}
      <div className={styles.headActions}>
        {card.placed ? (
          <Link to="/map" search={{ b: building.id }} className={buttons.button}>
            {t('one.onMap')}
          </Link>
        ) : null}
        <Link to="/requests" search={{ building: [building.id] }} className={buttons.button}>
          {t('one.requests')}
        </Link>
      </div>
    </header>
  )
}

interface FactProps {
  name: string
  more?: ReactNode
  children: ReactNode
}

/** What is not known is not said. */
function Fact({ name, more, children }: FactProps) {
  if (children === null || children === undefined) return null
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <strong>{children}</strong>
        {more ? <span> {more}</span> : null}
      </dd>
    </div>
  )
}
