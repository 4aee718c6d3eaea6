import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { DEVIATIONS } from '#server/contract/geometry.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { followFrames } from '#web/live.ts'
import { classesOf } from '#web/map/classes.ts'
import { CLASSES } from '#web/map/layers.ts'
import { CityMap } from '#web/map/map.tsx'
import { type Pulse, pulsesOf, usePulses } from '#web/map/use-pulses.ts'
import type { Palette } from '#web/ui/theme.ts'
import type { CityAnswer, MapAnswer } from './answers.ts'
import { OutagePlace, outageCount, Place } from './map-places.tsx'
import { MapSentence } from './map-sentence.tsx'
import { printed, sideOf } from './scale.ts'
import styles from './scene-map.module.css'

/** Map sizes are made for a desk; the wall is read from five metres. */
const SCALE = 2.4
const ROWS = 3
const NO_PULSES: readonly Pulse[] = []
const LIVE = pulsesOf(followFrames)

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
      [...map.outages.flatMap(besideOutline), ...map.concentrations.flatMap(atMiddle)].map(
        ({ count, ...at }, id) => ({ ...at, id, text: number(count) }),
      ),
    [map.outages, map.concentrations, number],
  )
  const areas = useMemo(
    () =>
      map.outages.flatMap(({ kind, outline }, id) =>
        outline ? [{ id, suspected: kind === 'suspected', outline }] : [],
      ),
    [map.outages],
  )
  const outages = map.outages.slice(0, ROWS)
  const places = map.concentrations.slice(0, ROWS - outages.length)
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
        <AreaKeys areas={areas} />
        <span className={styles.key}>
          <svg viewBox="0 0 44 44" aria-hidden="true">
            <circle cx="22" cy="22" r="18" fill="none" stroke="currentColor" strokeWidth="3.5" />
            <circle cx="22" cy="22" r="7" fill="currentColor" />
          </svg>
          {t('map.pulse')}
        </span>
        {areas.length > 0 ? null : <p className={styles.window}>{t('map.window')}</p>}
      </div>
      <ol className={styles.places} data-past={past !== null}>
        {outages.map((outage) => (
          <OutagePlace
            key={`${outage.resource} ${outage.since} ${outage.houses}`}
            outage={outage}
          />
        ))}
        {places.map((place) => (
          <Place key={`${place.lon} ${place.lat}`} place={place} />
        ))}
        <Fillers map={map} city={city} room={ROWS - outages.length - places.length} />
      </ol>
    </>
  )
}

/** Right of the outline, where the number does not cover its houses. */
function besideOutline(outage: MapAnswer['outages'][number]) {
  const [first, ...rest] = outage.outline ?? []
  if (!first) return []
  const [lon, lat] = rest.reduce((most, point) => (point[0] > most[0] ? point : most), first)
  return [{ lon, lat, count: outageCount(outage) }]
}

const atMiddle = ({ lon, lat, observed }: MapAnswer['concentrations'][number]) =>
  lon === null || lat === null ? [] : [{ lon, lat, count: observed }]

/** What the outlines mean, where there are any. */
function AreaKeys({ areas }: { areas: readonly { suspected: boolean }[] }) {
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
