import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { inLanguage } from '#server/contract/vocabulary.ts'
import { api } from '#web/api.ts'
import { writeAddress } from '#web/lib/address.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { addressOf, writeWhen } from '#web/lib/wall-time.ts'
import text from '#web/ui/text.module.css'
import { type Caption, framePicture } from './frame-picture.ts'
import styles from './map-timeline.module.css'
import { useOutagesThen } from './use-outages-then.ts'
import type { Replay } from './use-replay.ts'
import type { TimeWindow } from './when.ts'

/** What the map shows just now, for whoever writes it on paper. */
export interface ShownMap {
  /** Name of the measure. */
  title: string
  /** How much of it there is, in a sentence. */
  said: string
  legend: Caption['legend']
  /** What the legend counts, where its items do not say. */
  unit: string | null
  /** What the outlines on it mean. */
  lines: readonly string[]
  /** null = the map is not drawn. */
  take: () => Promise<HTMLCanvasElement | null>
}

/** The changes of the window as a table, by both clocks. */
export function ChangesLink({
  window,
  scope,
}: {
  window: TimeWindow
  scope: Record<string, readonly string[]>
}) {
  const { t } = useTranslation('replay')
  const { language, dateTime } = useFormat()
  const { from, to } = window
  const search = writeAddress({ at: addressOf(from), to: addressOf(to), ...scope })
  return (
    <a
      className={text.link}
      href={`/export/replay.csv${search}${search ? '&' : '?'}lang=${language}`}
      download
      title={t('file.csvWhy', { from: dateTime(from), to: dateTime(to) })}
    >
      {t('file.csv')}
    </a>
  )
}

/** The frame as a picture with its legend, its instant and where it comes from. */
export function FrameButton({ replay, shown }: { replay: Replay; shown: () => ShownMap | null }) {
  const { t } = useTranslation('replay')
  const { language, dateTime, number, zone } = useFormat()
  const { untold: unsaid, keptDays } = useOutagesThen(replay)
  const { data: place } = useQuery(api.shell.place.queryOptions())
  const [failed, setFailed] = useState(false)
  const at = replay.at ?? replay.now
  const city = place ? inLanguage(place.name, language) : ''
  const untold = replay.nothing === 'ahead' ? null : replay.nothing
  const missing = unsaid && t(`suspicions.${unsaid}`, { count: keptDays, n: number(keptDays) })
  const take = async () => {
    setFailed(false)
    try {
      const known = shown()
      const map = await known?.take()
      if (!known || !map) return setFailed(true)
      const blob = await framePicture(
        map,
        {
          title: t('file.caption', { city, measure: known.title }),
          when: t(`file.${replay.clock}`, { when: dateTime(at) }),
          // Where nothing was told yet, none is not a count, and paper would say so for ever.
          said: untold ? `${t(untold)}.` : known.said,
          legend: known.legend,
          lines: [
            ...(known.unit ? [known.unit] : []),
            ...known.lines,
            ...(missing ? [missing] : []),
            t('file.source', { when: dateTime(replay.now) }),
            t('file.zone', { zone }),
          ],
        },
        devicePixelRatio,
      )
      const link = document.createElement('a')
      link.href = URL.createObjectURL(blob)
      link.download = `domovoi ${city} ${writeWhen(at, zone, true).replace(':', '-')}.png`
      link.click()
      setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
    } catch {
      setFailed(true)
    }
  }
  return (
    <>
      <button type="button" className={text.link} onClick={() => void take()}>
        {t('file.png')}
      </button>
      {failed ? (
        <span className={styles.fault} role="alert">
          {t('file.pngFailed')}
        </span>
      ) : null}
    </>
  )
}
