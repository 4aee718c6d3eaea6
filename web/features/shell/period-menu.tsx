import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '#web/api.ts'
import { useNow } from '#web/clock.ts'
import { cityTime, isoOf } from '#web/lib/city-time.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { Dropdown } from '#web/ui/dropdown.tsx'
import { Icon } from '#web/ui/icon.tsx'
import { Option } from '#web/ui/option.tsx'
import { usePageFrame, useScopeSearch } from './page-frame.ts'
import { presetSpan, RANGE_PRESETS, type Span, spanOfAddress, spanToAddress } from './period.ts'
import styles from './top-bar.module.css'
import { useChangeScope } from './use-change-scope.ts'

const NO_PERIOD = { from: undefined, to: undefined }

/** The period of a page in its address. A page whose period is fixed shows no control. */
export function PeriodMenu() {
  const { t } = useTranslation('shell')
  const format = useFormat()
  const { period } = usePageFrame()
  const now = useNow(60_000)
  const { day: today, weekday } = cityTime(now, format.zone)
  const { data: place } = useQuery(api.shell.place.queryOptions())
  const alike = place?.unusual.find(({ day }) => day === today)?.alike ?? weekday
  const span = spanOfAddress(useScopeSearch(), today)
  const change = useChangeScope()
  if (!period) return null
  if (period.kind === 'now')
    return (
      <div className={`${styles.field} ${styles.second}`}>
        <span className={styles.label}>{t('period.label')}</span>
        <span className={styles.value}>
          <strong>{t('period.today', { date: format.dayWithoutYear(today) })}</strong>
          <span className={styles.compared}>{t(`period.compared.d${alike as 0}`)}</span>
        </span>
      </div>
    )

  const show = (next: Span | null, close: () => void) => {
    change(next ? spanToAddress(next) : NO_PERIOD)
    close()
  }
  const label = () => {
    if (span === null) return t(`period.default.${period.usual}`)
    if (span.to - span.from > 1) return format.days(span.from, span.to - 1)
    if (span.from === today) return t('period.today', { date: format.dayWithoutYear(today) })
    if (span.from === today - 1)
      return t('period.yesterday', { date: format.dayWithoutYear(today - 1) })
    return format.day(span.from)
  }
  return (
    <Dropdown
      className={`${styles.field} ${styles.second}`}
      face={
        <>
          <span className={styles.label}>{t('period.label')}</span>
          <span className={styles.value}>
            <strong>{label()}</strong>
            <Icon name="down" size={14} />
          </span>
        </>
      }
    >
      {(close) => (
        <>
          <Option
            chosen={span === null}
            onChoose={() => show(null, close)}
            note={t(`period.default.${period.usual}`)}
          >
            {t('period.asPage')}
          </Option>
          {RANGE_PRESETS.map((preset) => {
            const offered = presetSpan(preset, today)
            const chosen = span?.from === offered.from && span.to === offered.to
            return (
              <Option key={preset} chosen={chosen} onChoose={() => show(offered, close)}>
                {t(`period.${preset}`)}
              </Option>
            )
          })}
          <RangeForm
            span={span ?? presetSpan('last30', today)}
            today={today}
            onShow={(next) => show(next, close)}
          />
        </>
      )}
    </Dropdown>
  )
}

interface RangeFormProps {
  span: Span
  today: number
  onShow: (span: Span) => void
}

/** Both days are included here, as people say it; the address is half-open. */
function RangeForm({ span, today, onShow }: RangeFormProps) {
  const { t } = useTranslation('shell')
  const [first, setFirst] = useState(isoOf(span.from))
  const [last, setLast] = useState(isoOf(span.to - 1))
  const inclusive = spanOfAddress({ from: first }, today)
  const end = spanOfAddress({ from: last }, Number.MAX_SAFE_INTEGER)
  const given =
    inclusive && end && inclusive.from <= end.from
      ? { from: inclusive.from, to: end.from + 1 }
      : null
  return (
    <form
      className={styles.range}
      onSubmit={(event) => {
        event.preventDefault()
        if (given) onShow(given)
      }}
    >
      <DayField label={t('period.from')} value={first} max={isoOf(today)} onChange={setFirst} />
      <DayField label={t('period.to')} value={last} max={isoOf(today)} onChange={setLast} />
      <button type="submit" className={styles.apply} disabled={!given}>
        {t('period.apply')}
      </button>
      {given ? null : <p role="alert">{t('period.wrong')}</p>}
    </form>
  )
}

interface DayFieldProps {
  label: string
  value: string
  max: string
  onChange: (iso: string) => void
}

const DayField = ({ label, value, max, onChange }: DayFieldProps) => (
  <label className={styles.day}>
    <span>{label}</span>
    <input type="date" value={value} max={max} onChange={(event) => onChange(event.target.value)} />
  </label>
)
