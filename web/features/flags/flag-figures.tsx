import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { Trans, useTranslation } from 'react-i18next'
import { inLanguage } from '#server/contract/vocabulary.ts'
import type { Answer } from '#web/api.ts'
import { dayOfIso } from '#web/lib/city-time.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { LevelMark } from '#web/ui/level.tsx'
import { NumberLink } from '#web/ui/sentence.tsx'
import styles from './card.module.css'
import { Chance } from './chance.tsx'
import { thisFarText } from './this-far.ts'

export type Flag = Answer['flags']['one']

/** In this order: how much, could it be chance, is it unusual, does it hold without one building, the other measure. */
export function FlagFigures({ flag }: { flag: Flag }) {
  const { t } = useTranslation('flags')
  const format = useFormat()
  const { figures, share, closed, peers, quarters, rests, measure, others } = flag
  return (
    <>
      <dl className={styles.figures}>
        <Line
          title={t(`sheet.observed.${measure}`)}
          note={
            closed === null ? (
              t('sheet.of', {
                n: format.number(figures.n),
                share: format.percent(share.share, 1),
                interval: format.percentRange(share.lower, share.upper, 1),
              })
            ) : (
              <Trans
                t={t}
                i18nKey="sheet.closed"
                values={{
                  closed: format.number(closed),
                  n: format.number(figures.n),
                  beyond: format.number(closed - figures.observed),
                }}
                components={{ rows: <NumberLink to="/requests" search={flag.rows.events} /> }}
              />
            )
          }
        >
          {/* Closings of pace count up to the horizon of each stratum, which no filter opens. */}
          {flag.measure === 'pace' ? (
            format.number(figures.observed)
          ) : (
            <Link to="/requests" search={flag.rows.events} className={styles.number}>
              {format.number(figures.observed)}
            </Link>
          )}
        </Line>
        <Line title={t('sheet.expected')} note={t('sheet.expectedNote')}>
          {format.number(figures.expected, 1)}
        </Line>
        <Line title={t('sheet.chance')} note={t('sheet.z', { z: format.number(flag.z, 2) })}>
          <Chance p={flag.pChance} />
        </Line>
        <Line
          title={t('sheet.spread')}
          note={
            flag.q === null
              ? t('sheet.spreadOnly', { z: format.number(flag.zDispersed, 2) })
              : t('sheet.spreadNote', { z: format.number(flag.zDispersed, 2), tested: flag.tested })
          }
        >
          {flag.q === null ? (
            <Chance p={flag.pDispersed} />
          ) : (
            t('sheet.q', { q: format.number(flag.q, flag.q < 0.001 ? 6 : 3) })
          )}
        </Line>
        {flag.level === 'insufficient' ? null : (
          <Line
            title={t('sheet.thisFar')}
            note={t('sheet.thisFarNote', { judged: format.number(peers.judged) })}
          >
            {thisFarText(peers.thisFar, format.number)}
          </Line>
        )}
        {quarters.of > 0 ? (
          <Line title={t('sheet.quarters')} note={t('sheet.quartersNote')}>
            {t('sheet.quartersOf', quarters)}
          </Line>
        ) : null}
        {rests?.building?.ratio == null ? null : (
          <Line
            title={t('sheet.withoutBuilding', {
              building: inLanguage(rests.building.address, format.language),
            })}
            note={t('sheet.withoutBuildingNote')}
          >
            {format.number(rests.building.ratio, 2)}
          </Line>
        )}
        {rests?.week?.ratio == null ? null : (
          <Line
            title={t('sheet.withoutWeek')}
            note={t('sheet.withoutWeekNote', {
              week: format.days(dayOfIso(rests.week.from), dayOfIso(rests.week.from) + 6),
              observed: format.number(rests.week.observed),
              all: format.number(figures.observed),
            })}
          >
            {format.number(rests.week.ratio, 2)}
          </Line>
        )}
        {rests?.model == null ? null : (
          <Line title={t('sheet.model')} note={t('sheet.modelNote')}>
            {format.number(rests.model, 2)}
          </Line>
        )}
      </dl>
      {others.length === 0 ? null : (
        <>
          <p className={styles.others}>{t('sheet.others')}</p>
          <dl className={styles.figures}>
            {others.map((other) => (
              <Line
                key={other.id}
                title={
                  <Link to="/flags/$flag" params={{ flag: other.id }} className={styles.other}>
                    <LevelMark level={other.level} /> {t(`measure.${other.measure}`)}
                  </Link>
                }
                note={t('sheet.interval', {
                  interval: format.range(other.figures.lower, other.figures.upper, 2),
                })}
              >
                {format.number(other.figures.ratio, 2)}
              </Line>
            ))}
          </dl>
        </>
      )}
    </>
  )
}

interface LineProps {
  title: ReactNode
  note: ReactNode
  children: ReactNode
}

const Line = ({ title, note, children }: LineProps) => (
  <div>
    <dt>
      {title}
      <small>{note}</small>
    </dt>
    <dd>{children}</dd>
  </div>
)
