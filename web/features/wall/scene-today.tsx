import { Trans, useTranslation } from 'react-i18next'
import { cityTime } from '#web/lib/city-time.ts'
import { useFormat } from '#web/lib/use-format.ts'
import type { TodayAnswer } from './answers.ts'
import { Gauge } from './gauge.tsx'
import { figureSize, printed, sideOf } from './scale.ts'
import { WallSentence } from './sentence.tsx'
import { TodayHours } from './today-hours.tsx'
import { TodaySum } from './today-sum.tsx'
import styles from './wall.module.css'

const WEEKDAYS = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const
const NARROW = '\u202f'
const WIDTH = 560

/** Today against typical days: how many so far, how many by midnight, and in which hours. */
export function TodayScene({ today, past }: { today: TodayAnswer; past: string | null }) {
  const { t } = useTranslation('wall')
  const { number, range, dayShort, zone } = useFormat()
  const { registered, expected, usual, hours, noNewSince } = today
  const { weekday, hour, minute } = cityTime(today.now, zone)
  const at = hour + minute / 60
  const figure = (value: number) => number(Math.round(value)).replaceAll('\u00a0', NARROW)
  const soFar = figure(registered.value)
  const total = expected && figure(expected.total)
  const typical =
    today.kind === 'weekday'
      ? t(`day.usual.${WEEKDAYS[weekday] ?? 'monday'}`)
      : t(`today.alike.${today.kind}`)
  return (
    <>
      {past === null ? <TodaySentence today={today} /> : null}
      <svg className={styles.plan} viewBox="0 0 1920 1080">
        <title>{t('today.label')}</title>
        <text className={styles.label44} x="64" y="268">
          {past === null ? t('registered') : t('today.registeredThen', { time: past })}
        </text>
        <text
          className={
            sideOf(registered.value, registered.usual) === 'above'
              ? styles.figureOutside
              : styles.figure
          }
          x={soFar.startsWith('1') ? 46 : 58}
          y="446"
          fontSize={figureSize(soFar, 204, WIDTH)}
          letterSpacing="-4"
          data-key-figure
        >
          {soFar}
        </text>
        {registered.usual ? (
          <Gauge value={registered.value} usual={registered.usual} x={64} y={498} width={500} />
        ) : null}
        <text className={styles.note36} x="64" y="562">
          {registered.usual
            ? t('today.usualByNow', { range: range(...printed(registered.usual)) })
            : noNewSince === null
              ? t('usualUnknown')
              : t('noNewSince', { day: dayShort(noNewSince) })}
        </text>
        {expected && total ? (
          <>
            <text className={styles.label44} x="64" y="672">
              {t('today.expected')}
            </text>
            <text
              className={styles.figure}
              x={total.startsWith('1') ? 50 : 58}
              y="812"
              fontSize={figureSize(total, 150, WIDTH)}
              letterSpacing="-3"
              data-key-figure
            >
              {total}
            </text>
            <text className={styles.note36} x="64" y="874">
              {t('today.interval', { range: range(...printed(expected.interval)) })}
            </text>
            <text className={styles.note36} x="64" y="926">
              {usual ? t('today.usualTotal', { n: number(Math.round(usual.total)) }) : ''}
            </text>
          </>
        ) : null}
        <TodayHours
          hours={hours}
          usual={usual?.hours ?? null}
          expected={expected?.hours ?? null}
          at={at}
          typical={typical}
        />
        <TodaySum today={today} at={at} />
      </svg>
      <dl className="visually-hidden">
        <dt>{t('registered')}</dt>
        <dd>{number(registered.value)}</dd>
        {expected ? (
          <>
            <dt>{t('today.expected')}</dt>
            <dd>
              {number(Math.round(expected.total))} ({range(...printed(expected.interval))})
            </dd>
          </>
        ) : null}
      </dl>
    </>
  )
}

function TodaySentence({ today }: { today: TodayAnswer }) {
  const { t } = useTranslation('wall')
  const { number, range, percent, weekdayFor, dayShort, zone } = useFormat()
  const { registered, usual, expected, now, noNewSince } = today
  const weekday =
    today.kind === 'weekday'
      ? weekdayFor(cityTime(now, zone).weekday)
      : t(`today.dayFor.${today.kind}`)
  const side = sideOf(registered.value, registered.usual)
  const b = <b />
  if (!usual || !expected)
    return (
      <WallSentence
        lines={[
          <Trans
            key="known"
            t={t}
            i18nKey="sentence.registered"
            values={{ n: number(registered.value) }}
            components={{ b }}
          />,
          noNewSince === null ? (
            t('today.tooEarly')
          ) : (
            <Trans
              key="quiet"
              t={t}
              i18nKey="sentence.quiet"
              values={{ day: dayShort(noNewSince) }}
              components={{ b }}
            />
          ),
        ]}
      />
    )
  const more = expected.total / Math.max(1, usual.total) - 1
  return (
    <WallSentence
      lines={[
        <Trans
          key="so far"
          t={t}
          i18nKey={`today.soFar.${side}`}
          values={{ weekday }}
          components={{ b }}
        />,
        <Trans
          key="by midnight"
          t={t}
          i18nKey="today.byMidnight"
          values={{
            range: range(...printed(expected.interval)),
            change: `${more < 0 ? '\u2212' : '+'}${percent(Math.abs(more))}`,
          }}
          components={{ b }}
        />,
      ]}
    />
  )
}
