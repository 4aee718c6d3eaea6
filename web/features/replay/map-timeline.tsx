import { memo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#web/lib/use-format.ts'
import text from '#web/ui/text.module.css'
import { Apart, ClockChoice } from './clock-choice.tsx'
import { ChangesLink, FrameButton, type ShownMap } from './files.tsx'
import styles from './map-timeline.module.css'
import { OrganizationsThen } from './organizations-then.tsx'
import { OutagesWords } from './outages-words.tsx'
import { ReplayBar } from './replay-bar.tsx'
import { Said } from './said.tsx'
import type { Replay } from './use-replay.ts'
import { WhenField } from './when-field.tsx'

interface MapTimelineProps {
  replay: Replay
  /** Asked when it is wanted: what the map shows changes with every event, the timeline does not. */
  shown: () => ShownMap | null
}

/** The time of the map: what chooses it, what it says by both clocks, and how it leaves the page. */
export const MapTimeline = memo(({ replay, shown }: MapTimelineProps) => {
  const { t } = useTranslation('replay')
  const { at, frame, span, now, scope, failed } = replay
  const isAhead = replay.nothing === 'ahead'
  const [byOrganization, setByOrganization] = useState(false)
  return (
    <section className={styles.timeline} aria-label={t('title')}>
      <ReplayBar
        head={isAhead ? { ...replay, at: null } : replay}
        {...{ now, scope }}
        began={span?.began ?? null}
        late={replay.clock === 'known' ? (frame?.late ?? []).map((one) => one.at) : []}
      >
        {(window) =>
          at === null || isAhead ? (
            <p className={styles.hint}>{t(span?.began === null ? 'nothingYet' : 'liveHint')}</p>
          ) : (
            <div className={styles.told} aria-busy={replay.waiting}>
              {failed ? (
                <p role="alert" className={styles.fault}>
                  {t('failed')}. {t('failedTodo')}{' '}
                  <button type="button" className={text.link} onClick={replay.retry}>
                    {t('again')}
                  </button>
                </p>
              ) : null}
              <ClockChoice
                clock={replay.clock}
                by={replay.by}
                totals={frame?.totals ?? null}
                told={replay.told}
                onClock={replay.setClock}
              />
              <FrameWords replay={replay} />
              <p className={styles.acts}>
                <button
                  type="button"
                  className={text.link}
                  aria-expanded={byOrganization}
                  onClick={() => setByOrganization(!byOrganization)}
                >
                  {t(byOrganization ? 'organizations.hide' : 'organizations.show')}
                </button>
                <FrameButton replay={replay} shown={shown} />
                <ChangesLink window={window} scope={{ ...scope }} />
                {replay.clock === 'known' ? <KnownBy replay={replay} /> : null}
              </p>
              {byOrganization ? <OrganizationsThen replay={replay} /> : null}
            </div>
          )
        }
      </ReplayBar>
      <Said replay={replay} />
    </section>
  )
})

function FrameWords({ replay }: { replay: Replay }) {
  const { t } = useTranslation('replay')
  const { number } = useFormat()
  const { frame, clock, nothing } = replay
  if (nothing === 'ahead') return null
  if (nothing) return <NoData replay={replay} nothing={nothing} />
  if (!frame) return <p className={styles.words}>{t('waiting')}</p>
  const { came, went } = frame.minute[clock]
  return (
    <p className={styles.words}>
      <Apart totals={frame.totals} /> {t('minute', { came: number(came), went: number(went) })}{' '}
      <LateWords replay={replay} /> <OutagesWords replay={replay} />
    </p>
  )
}

/** Before anything was, or was known, there is nothing to count. */
function NoData({ replay, nothing }: { replay: Replay; nothing: 'noData' | 'noKnown' }) {
  const { t } = useTranslation('replay')
  const { dateTime } = useFormat()
  const first = (nothing === 'noKnown' ? replay.span?.heard : replay.span?.began) ?? replay.now
  return (
    <p className={styles.words}>
      <b>{t(nothing)}.</b> {t(`${nothing}Todo`, { when: dateTime(first) })}{' '}
      <button type="button" className={text.link} onClick={() => replay.seek(first)}>
        {t('toBeginning')}
      </button>
    </p>
  )
}

function LateWords({ replay: { frame, clock } }: { replay: Replay }) {
  const { t } = useTranslation('replay')
  const { number, duration } = useFormat()
  if (clock !== 'known' || !frame || frame.late.length === 0) return null
  const latest = Math.max(...frame.late.map(({ by }) => by))
  return (
    <span className={styles.late}>
      {t('late', { n: number(frame.late.length), time: duration(latest / 1000) })}
    </span>
  )
}

/** Everything known by another instant than the frame's own: what a court, or a shift that took over, could know. */
function KnownBy({ replay: { by, at, now, setBy } }: { replay: Replay }) {
  const { t } = useTranslation('replay')
  return (
    <span className={styles.by}>
      {t('by.label')}{' '}
      {by === null ? (
        <>
          {t('by.itself')},{' '}
          <button type="button" className={text.link} onClick={() => setBy(at)}>
            {t('by.other')}
          </button>
        </>
      ) : (
        <>
          <WhenField at={by} now={now} label={t('by.label')} onWhen={setBy} />{' '}
          <button type="button" className={text.link} onClick={() => setBy(null)}>
            {t('by.itself')}
          </button>
        </>
      )}
    </span>
  )
}
