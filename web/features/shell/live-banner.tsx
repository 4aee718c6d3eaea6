import { useTranslation } from 'react-i18next'
import { useFormat } from '#web/lib/use-format.ts'
import { useLive } from '#web/live.ts'
import { StaleBanner } from '#web/ui/states.tsx'

/** Says when what is on the screen is not what is true. */
export function LiveBanner() {
  const { t } = useTranslation('shell')
  const format = useFormat()
  const link = useLive((live) => live.link)
  const server = useLive((live) => live.server)
  const heardAt = useLive((live) => live.heardAt)
  if (link === 'missing') return <StaleBanner>{t('live.missing')}</StaleBanner>
  if (link === 'stale')
    return (
      <StaleBanner>
        {heardAt === null ? t('live.never') : t('live.stale', { time: format.clock(heardAt) })}
      </StaleBanner>
    )
  if (link === 'live' && server !== null && server !== 'serving')
    return <StaleBanner>{t(`live.${server}`)}</StaleBanner>
  return null
}
