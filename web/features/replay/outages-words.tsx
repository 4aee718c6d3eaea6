import { useTranslation } from 'react-i18next'
import { inLanguage } from '#server/contract/vocabulary.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { type OutageThen, type SuspicionThen, useOutagesThen } from './use-outages-then.ts'
import type { Replay } from './use-replay.ts'

/** Outages of the frame in words, announced and suspected, or why there are no words of the suspected. */
export function OutagesWords({ replay }: { replay: Replay }) {
  const { t } = useTranslation('replay')
  const { language, number, dateTime } = useFormat()
  const { announced, suspected, untold, keptDays } = useOutagesThen(replay)
  const line = ({ houses, resource, district }: OutageThen | SuspicionThen, since: number) => {
    const where = district ? inLanguage(district, language) : null
    return t('outage', {
      count: houses,
      n: number(houses),
      what: [t(`resource.${resource}`), where].filter(Boolean).join(', '),
      since: dateTime(since),
    })
  }
  const off = announced.map((outage) => line(outage, outage[replay.clock]?.from ?? 0)).join('; ')
  const seeming = suspected.map((one) => line(one, one.raisedAt)).join('; ')
  return (
    <>
      {off ? <>{t('outages', { list: off })} </> : null}
      {seeming ? t('suspected', { list: seeming }) : null}
      {untold ? t(`suspicions.${untold}`, { count: keptDays, n: number(keptDays) }) : null}
    </>
  )
}
