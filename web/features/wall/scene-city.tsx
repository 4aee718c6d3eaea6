import { Trans, useTranslation } from 'react-i18next'
import { inLanguage } from '#server/contract/vocabulary.ts'
import { cityTime } from '#web/lib/city-time.ts'
import { useFormat } from '#web/lib/use-format.ts'
import type { CityAnswer } from './answers.ts'
import { DayLine } from './day-line.tsx'
import { Gauge } from './gauge.tsx'
import { columnsOf, figureSize, printed, sideOf, textWidth } from './scale.ts'
import { WallSentence } from './sentence.tsx'
import { Shape } from './shapes.tsx'
import styles from './wall.module.css'

const UNKNOWN = { value: null, usual: null }
const BASELINE = 512
const NARROW = '\u202f'
const FROM = 924
const TO = 1856

/** The city in one number and one sentence. */
export function CityScene({ city, past }: { city: CityAnswer; past: string | null }) {
  const { t } = useTranslation('wall')
  const { number, range, dayShort, zone } = useFormat()
  const { weekday, hour, minute } = cityTime(city.now, zone)
  const figure = (value: number) => number(value).replaceAll('\u00a0', NARROW)
  const words = (usual: readonly [number, number] | null) =>
    usual
      ? t('usual', { range: range(...printed(usual)) })
      : noNewSince === null
        ? t('usualUnknown')
        : t('noNewSince', { day: dayShort(noNewSince) })
  const { open, overdue, emergency, registered, noNewSince } = city
  const main = figure(open.value)
  const columns = [
    { label: t('overdue'), ...(overdue ?? UNKNOWN), why: t('noDue') },
    { label: t('emergency'), ...(emergency.known ? emergency : UNKNOWN), why: t('noPriority') },
    {
      label: t('registered'),
      ...registered,
      why: noNewSince === null ? '' : t('noneSince', { day: dayShort(noNewSince) }),
    },
  ].map(({ label, value, usual, why }) => {
    // In the main column words say why there is no band; here there is room for what is not told at all.
    const note = value !== null && usual ? words(usual) : why
    const text = value === null ? '\u2013' : figure(value)
    const size = figureSize(text, 132, 340)
    const width = Math.max(textWidth(label, 39), textWidth(note, 35), textWidth(text, size))
    return { label, value, usual, note, text, size, width }
  })
  const lefts = columnsOf(
    columns.map(({ width }) => width),
    FROM,
    TO,
    24,
  )
  const emergencyX = lefts[1] ?? FROM
  return (
    <>
      {past === null ? <CitySentence city={city} /> : null}
      <svg className={styles.plan} viewBox="0 0 1920 1080" aria-hidden="true">
        <text className={styles.label44} x="64" y="260">
          {past === null ? t('openNow') : t('openThen', { time: past })}
        </text>
        <text
          className={figureClass(sideOf(open.value, open.usual))}
          x={main.startsWith('1') ? 40 : 56}
          y={BASELINE}
          fontSize={figureSize(main, 300, 830)}
          letterSpacing="-6"
          data-key-figure
        >
          {main}
        </text>
        {open.usual ? <Gauge {...open} x={64} y={572} width={780} main /> : null}
        <text className={styles.note36} x="64" y="630">
          {words(open.usual)}
        </text>
        {columns.map(({ label, value, usual, note, text, size, width }, i) => {
          const x = lefts[i] ?? FROM
          return (
            <g key={label}>
              <text className={styles.label39} x={x} y="372">
                {label}
              </text>
              <text
                className={figureClass(value === null ? 'within' : sideOf(value, usual))}
                x={x - 4}
                y={BASELINE}
                fontSize={size}
                data-key-figure
              >
                {text}
              </text>
              {value === null || usual === null ? null : (
                <Gauge value={value} usual={usual} x={x} y={572} width={width} />
              )}
              <text className={styles.note36} x={x} y="630">
                {note}
              </text>
            </g>
          )
        })}
        {emergency.overdue > 0 ? (
          <g>
            <Shape kind="danger" x={emergencyX + 18} y={669} size={36} />
            <text className={styles.dangerText} x={emergencyX + 48} y="682">
              {t('late', { count: emergency.overdue, n: number(emergency.overdue) })}
            </text>
          </g>
        ) : null}
        <DayLine {...city.line} hour={city.hour} now={hour * 4 + minute / 15} weekday={weekday} />
      </svg>
      <CityTable city={city} />
    </>
  )
}

const figureClass = (side: 'below' | 'within' | 'above') =>
  side === 'above' ? styles.figureOutside : styles.figure

function CitySentence({ city }: { city: CityAnswer }) {
  const { t } = useTranslation('wall')
  const { number, percent, weekdayFor, dayShort, language, zone } = useFormat()
  const { open, emergency, worst, registered, hour, noNewSince } = city
  const weekday = weekdayFor(cityTime(city.now, zone).weekday)
  const side = sideOf(open.value, open.usual)
  const b = <b />
  const first = open.usual ? (
    <Trans t={t} i18nKey={`sentence.open.${side}`} values={{ weekday }} components={{ b }} />
  ) : (
    <Trans
      t={t}
      i18nKey="sentence.open.unknown"
      values={{ n: number(open.value) }}
      components={{ b }}
    />
  )
  const flow = sideOf(registered.value, registered.usual)
  const second =
    worst && emergency.overdue > 0 ? (
      <Trans
        t={t}
        i18nKey={emergency.overdue === 1 ? 'sentence.lateOne' : 'sentence.lateMany'}
        values={{ n: number(emergency.overdue), address: inLanguage(worst.address, language) }}
        components={{ b }}
      />
    ) : noNewSince !== null ? (
      <Trans
        t={t}
        i18nKey="sentence.quiet"
        values={{ day: dayShort(noNewSince) }}
        components={{ b }}
      />
    ) : flow !== 'within' && registered.median ? (
      <Trans
        t={t}
        i18nKey={`sentence.flow.${flow}`}
        values={{ percent: percent(Math.abs(registered.value / registered.median - 1)) }}
        components={{ b }}
      />
    ) : sideOf(hour.value, hour.usual) === 'above' ? (
      <Trans t={t} i18nKey="sentence.hour" values={{ n: number(hour.value) }} components={{ b }} />
    ) : registered.usual ? (
      t('sentence.calm')
    ) : (
      <Trans
        t={t}
        i18nKey="sentence.registered"
        values={{ n: number(registered.value) }}
        components={{ b }}
      />
    )
  return <WallSentence lines={[first, second]} />
}

/** The same numbers for those who hear the wall. */
function CityTable({ city }: { city: CityAnswer }) {
  const { t } = useTranslation('wall')
  const { number } = useFormat()
  return (
    <dl className="visually-hidden">
      <dt>{t('openNow')}</dt>
      <dd>{number(city.open.value)}</dd>
      <dt>{t('overdue')}</dt>
      <dd>{city.overdue ? number(city.overdue.value) : t('noDue')}</dd>
      <dt>{t('emergency')}</dt>
      <dd>{city.emergency.known ? number(city.emergency.value) : t('noPriority')}</dd>
      <dt>{t('registered')}</dt>
      <dd>{number(city.registered.value)}</dd>
    </dl>
  )
}
