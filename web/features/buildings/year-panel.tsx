import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isoOf } from '#web/lib/city-time.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { Panel } from '#web/ui/panel.tsx'
import text from '#web/ui/text.module.css'
import styles from './building.module.css'
import type { Card } from './card.ts'
import { PickedWeek } from './picked-week.tsx'
import { YearChart } from './year-chart.tsx'
import { YearTable } from './year-table.tsx'

interface YearPanelProps {
  card: Card
  week: number | undefined
}

/** A year of requests on one line with who managed the building when. */
export function YearPanel({ card, week }: YearPanelProps) {
  const { t } = useTranslation(['buildings', 'shell'])
  const format = useFormat()
  const navigate = useNavigate({ from: '/buildings/$building' })
  const [asTable, setAsTable] = useState(false)
  const { year } = card
  const pick = (picked: number | undefined) =>
    void navigate({
      search: picked === undefined ? {} : { week: isoOf(picked) },
      replace: true,
      resetScroll: false,
    })
  return (
    <Panel
      title={t('year.title')}
      note={
        <>
          {format.days(year.firstWeek, year.today)}
          <Returns card={card} />
        </>
      }
      actions={
        <button
          type="button"
          className={text.link}
          aria-pressed={asTable}
          onClick={() => setAsTable(!asTable)}
        >
          {t(asTable ? 'shell:asChart' : 'shell:asTable')}
        </button>
      }
    >
      {asTable ? <YearTable card={card} /> : <YearChart card={card} week={week} onPick={pick} />}
      {asTable ? null : week === undefined ? (
        <p className={styles.hint}>{t('year.pick')}</p>
      ) : (
        <PickedWeek card={card} week={week} onClear={() => pick(undefined)} />
      )}
    </Panel>
  )
}

/** How many closed requests came back, under each who answered when it changed within the year. */
function Returns({ card }: { card: Card }) {
  const { t } = useTranslation('buildings')
  const format = useFormat()
  const [before, now] = card.year.periods.slice(-2)
  const values = ({ returned, closed, interval }: NonNullable<typeof now>) => ({
    returned: format.number(returned),
    closed: format.number(closed),
    share: format.percent(returned / closed),
    low: format.number(interval[0] * 100),
    high: format.number(interval[1] * 100),
  })
  if (!before) return null
  if (!now) return <>; {t('year.returns', values(before))}</>
  return (
    <>
      ;{' '}
      {t('year.afterChange', {
        now: t('year.short', values(now)),
        before: t('year.short', values(before)),
      })}
    </>
  )
}
