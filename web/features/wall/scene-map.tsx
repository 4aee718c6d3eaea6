import { useMemo } from 'react'
import { Trans, useTranslation } from 'react-i18next'
import { DEVIATIONS } from '#server/contract/geometry.ts'
import { inLanguage } from '#server/contract/vocabulary.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { followFrames } from '#web/live.ts'
import { classesOf } from '#web/map/classes.ts'
import { CLASSES } from '#web/map/layers.ts'
import { CityMap } from '#web/map/map.tsx'
import { type Pulse, pulsesOf, usePulses } from '#web/map/use-pulses.ts'
import type { Palette } from '#web/ui/theme.ts'
import type { CityAnswer, MapAnswer } from './answers.ts'
import { printed, sideOf } from './scale.ts'
import styles from './scene-map.module.css'
import { WallSentence } from './sentence.tsx'
import { Shape } from './shapes.tsx'

/** Map sizes are made for a desk; the wall is read from five metres. */
const SCALE = 2.4
const ROWS = 3
const NO_PULSES: readonly Pulse[] = []
const LIVE = pulsesOf(followFrames)
const NUMBERS = ['one', 'two', 'three'] as const

interface MapSceneProps {
  map: MapAnswer
  city: CityAnswer | undefined
  palette: Palette
  /** Screen pixels of one 1080p pixel. */
  unit: number
  past: string | null
  /** A scene that is not seen draws no pulses. */
  stands: boolean
}

/** Where it is not as usual, and a pulse where a request has just arrived. */
export function MapScene({ map, city, palette, unit, past, stands }: MapSceneProps) {
  const { t } = useTranslation('wall')
  const { t: words } = useTranslation('map')
  const { number } = useFormat()
  const pulses = usePulses(LIVE)
  const states = useMemo(
    () =>
      classesOf(
        new Map(
          map.deviating.map(({ building, deviation }) => [building, DEVIATIONS.indexOf(deviation)]),
        ),
      ),
    [map.deviating],
  )
  const badges = useMemo(
    () =>
      map.concentrations.flatMap(({ lon, lat, observed }, id) =>
        lon === null || lat === null ? [] : [{ id, lon, lat, text: number(observed) }],
      ),
    [map.concentrations, number],
  )
  const areas = useMemo(() => map.areas.map((area, id) => ({ ...area, id })), [map.areas])
  return (
    <>
      {past === null ? <MapSentence map={map} /> : null}
      <div className={styles.map}>
        <CityMap
          measure="deviation"
          states={states}
          label={t('map.label')}
          interactive={false}
          labels="districts"
          scale={SCALE * unit}
          palette={palette}
          badges={badges}
          pulses={past === null && stands ? pulses : NO_PULSES}
          {...(map.around && { around: map.around })}
          areas={areas}
        />
      </div>
      <div className={styles.legend}>
        {CLASSES.deviation.map(({ word, colour }) => (
          <span key={word} className={styles.swatch}>
            <i style={{ background: `var(--${colour})` }} />
            {words(`class.${word}` as 'class.less')}
          </span>
        ))}
        <AreaKeys areas={map.areas} />
        <span className={styles.key}>
          <svg viewBox="0 0 44 44" aria-hidden="true">
            <circle cx="22" cy="22" r="18" fill="none" stroke="currentColor" strokeWidth="3.5" />
            <circle cx="22" cy="22" r="7" fill="currentColor" />
          </svg>
          {t('map.pulse')}
        </span>
        {map.areas.length > 0 ? null : <p className={styles.window}>{t('map.window')}</p>}
      </div>
      <ol className={styles.places}>
        {map.concentrations.map((place) => (
          <Place key={`${place.lon} ${place.lat}`} place={place} />
        ))}
        <Fillers map={map} city={city} room={ROWS - map.concentrations.length} />
      </ol>
    </>
  )
}

/** What the outlines mean, where there are any. */
function AreaKeys({ areas }: Pick<MapAnswer, 'areas'>) {
  const { t } = useTranslation('wall')
  return [true, false].map((suspected) =>
    areas.some((area) => area.suspected === suspected) ? (
      <span key={String(suspected)} className={styles.key}>
        <svg viewBox="0 0 44 44" aria-hidden="true">
          <path
            d="M2 22H42"
            stroke={suspected ? 'var(--watch)' : 'currentColor'}
            strokeWidth="5"
            strokeDasharray={suspected ? '11 6' : undefined}
          />
        </svg>
        {t(suspected ? 'map.suspected' : 'map.announced')}
      </span>
    ) : null,
  )
}

function MapSentence({ map }: { map: MapAnswer }) {
  const { t } = useTranslation('wall')
  const { number } = useFormat()
  const places = map.concentrations.length + map.more
  const requests = t('map.requests', { count: map.requests })
  const n = number(map.requests)
  const b = <b />
  const line =
    places === 0 ? (
      <Trans t={t} i18nKey="map.nowhere" values={{ n, requests }} components={{ b }} />
    ) : (
      <Trans
        t={t}
        i18nKey="map.places"
        values={{
          n,
          requests,
          places: t(`map.inPlaces.${NUMBERS[places - 1] ?? 'many'}`, { n: number(places) }),
        }}
        components={{ b }}
      />
    )
  return <WallSentence lines={[line]} />
}

function Place({ place }: { place: MapAnswer['concentrations'][number] }) {
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
        <span>
          {t('map.usual', { n: number(expected, expected < 10 && expected >= 0.05 ? 1 : 0) })}
        </span>
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

/** Where nothing stands out, the rows say what is usual. */
function Fillers({
  map,
  city,
  room,
}: {
  map: MapAnswer
  city: CityAnswer | undefined
  room: number
}) {
  const { t } = useTranslation('wall')
  const { number, range } = useFormat()
  const rows = [
    map.tooEarly
      ? null
      : {
          name: t('map.deviating'),
          value: map.deviating.length,
          note: t('map.chance', { n: number(Math.round(map.byChance)) }),
          what: t('map.deviatingWhat', { n: number(map.buildings) }),
          outside: false,
        },
    city
      ? {
          name: t('map.hour'),
          value: city.hour.value,
          note: city.hour.usual ? t('usual', { range: range(...printed(city.hour.usual)) }) : '',
          what: t('map.hourWhat'),
          outside: sideOf(city.hour.value, city.hour.usual) === 'above',
        }
      : null,
    city?.emergency.known
      ? {
          name: t('emergency'),
          value: city.emergency.value,
          note: city.emergency.usual
            ? t('usual', { range: range(...printed(city.emergency.usual)) })
            : '',
          what: t('map.emergencyWhat'),
          outside: sideOf(city.emergency.value, city.emergency.usual) === 'above',
        }
      : null,
  ].filter((row) => row !== null)
  return rows.slice(0, Math.max(0, room)).map(({ name, value, note, what, outside }) => (
    <li key={name} className={styles.place}>
      <span className={styles.placeFigure} data-outside={outside} data-key-figure>
        {number(value)}
      </span>
      <span className={styles.placeNotes}>
        <span>{note}</span>
      </span>
      <b className={styles.placeName}>{name}</b>
      <span className={styles.placeWhat}>{what}</span>
    </li>
  ))
}
