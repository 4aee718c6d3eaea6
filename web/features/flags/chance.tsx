import { Trans, useTranslation } from 'react-i18next'
import { useFormat } from '#web/lib/use-format.ts'

const RARE = 1e-4

/** A chance as people say it: 1 in 140, rarer than 1 in 10 to the 13th. */
export function Chance({ p }: { p: number }) {
  const { t } = useTranslation('flags')
  const format = useFormat()
  if (p >= 0.1) return <>{t('chance.often')}</>
  if (p >= RARE) return <>{t('chance.oneIn', { n: format.number(Math.round(1 / p)) })}</>
  return (
    <Trans
      t={t}
      i18nKey="chance.rarer"
      values={{ power: Math.floor(-Math.log10(Math.max(p, 1e-300))) }}
      components={{ sup: <sup /> }}
    />
  )
}
