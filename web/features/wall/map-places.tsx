import { useTranslation } from 'react-i18next'
import { inLanguage } from '#server/contract/vocabulary.ts'
import { useFormat } from '#web/lib/use-format.ts'
import type { MapAnswer } from './answers.ts'
import styles from './scene-map.module.css'
import { Shape } from './shapes.tsx'
import { useOutageNames } from './use-outage-names.ts'

type Outage = MapAnswer['outages'][number]

/** The number of an outage, in its row and beside its outline: apartments that called, or houses where nobody counted. */
export const outageCount = ({ called, houses }: Outage) => called ?? houses

/** An outage as a row of the column. */
export function OutagePlace({ outage }: { outage: Outage }) {
  const { t } = useTranslation('wall')
  const { number, clock } = useFormat()
  const { title, where } = useOutageNames(outage)
  const { kind, called, usual, promised } = outage
  const count = outageCount(outage)
  const suspected = kind === 'suspected'
  return (
    <li className={styles.place}>
      <span className={styles.placeFigure} data-outside="true" data-key-figure>
        {number(count)}
      </span>
      <span className={styles.placeNotes}>
        <span>{t(called === null ? 'map.houses' : 'map.apartments', { count })}</span>
        {called === null || usual === null ? null : (
          <span>{t('map.usual', { n: usualWords(usual, number) })}</span>
        )}
      </span>
      <b className={styles.placeName}>{title}</b>
      <span className={styles.placeWhat}>{where}</span>
      <span className={suspected ? styles.placeWatch : styles.placeStatus}>
        {suspected ? (
          <svg viewBox="0 0 36 36" aria-hidden="true">
            <Shape kind="watch" x={18} y={18} size={34} />
          </svg>
        ) : (
          <svg viewBox="0 0 36 36" aria-hidden="true">
            <path d="M0 18H36" stroke="currentColor" strokeWidth="4" />
          </svg>
        )}
        {suspected
          ? t('map.suspected')
          : promised === null
            ? t('outages.notPromised')
            : t('map.until', { time: clock(promised) })}
      </span>
    </li>
  )
}

/** Where more came than usual. */
export function Place({ place }: { place: MapAnswer['concentrations'][number] }) {
  const { t } = useTranslation('wall')
  const { number, language } = useFormat()
  const { building, district, category, observed, expected, buildings, emergencyOverdue } = place
  const where = building ?? district
  return (
    <li className={styles.place}>
      <span className={styles.placeFigure} data-outside="true" data-key-figure>
        {number(observed)}
      </span>
      <span className={styles.placeNotes}>
        <span>{t('map.usual', { n: usualWords(expected, number) })}</span>
        <span>{t('map.buildings', { count: buildings, n: number(buildings) })}</span>
      </span>
      <b className={styles.placeName}>{where ? inLanguage(where, language) : t('map.unknown')}</b>
      <span className={styles.placeWhat}>{inLanguage(category, language)}</span>
      {emergencyOverdue > 0 ? (
        <span className={styles.placeDanger}>
          <svg viewBox="0 0 36 36" aria-hidden="true">
            <Shape kind="danger" x={18} y={18} size={34} />
          </svg>
          {t('late', { count: emergencyOverdue, n: number(emergencyOverdue) })}
        </span>
      ) : null}
    </li>
  )
}

/** A mean below a tenth is not none. */
const usualWords = (usual: number, number: (value: number, digits?: number) => string) =>
  usual > 0 && usual < 0.1 ? `<\u00a0${number(0.1, 1)}` : number(usual, usual < 10 ? 1 : 0)
