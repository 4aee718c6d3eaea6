import { useTranslation } from 'react-i18next'
import { useFormat } from '#web/lib/use-format.ts'
import type { Replay } from './use-replay.ts'

/** For those who do not see it: each frame that stands still once, and of play only that it plays. */
export function Said({
  replay: { at, playing, speed, frame, clock, waiting, nothing },
}: {
  replay: Replay
}) {
  const { t } = useTranslation('replay')
  const { number, dateTime } = useFormat()
  const said = playing
    ? t('saidPlaying', { n: number(speed) })
    : at === null
      ? t('saidLive')
      : nothing && nothing !== 'ahead'
        ? `${t(nothing)}.`
        : frame && !waiting
          ? t('said', {
              when: dateTime(at),
              open: number(frame.totals[clock].open),
              overdue: number(frame.totals[clock].overdue),
              emergency: number(frame.totals[clock].emergency),
            })
          : ''
  return (
    <p className="visually-hidden" role="status" aria-live="polite">
      {said}
    </p>
  )
}
