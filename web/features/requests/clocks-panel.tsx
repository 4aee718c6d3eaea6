import { Link, useLocation } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { CLOSING_ENDS } from '#server/contract/norms.ts'
import { inLanguage } from '#server/contract/vocabulary.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { Citations, useNormWords, Verified } from '#web/ui/norm.tsx'
import { Panel } from '#web/ui/panel.tsx'
import { ClockFace } from './clock-face.tsx'
import styles from './clocks-panel.module.css'
import { isFaulty, LineDue } from './columns.tsx'
import type { Card } from './request-facts.tsx'

type Clock = Card['clocks'][number]
/** Deadlines elsewhere lead here (`#basis`) and find it open. */
const BASIS = 'basis'

/** When it is due and what that rests on; then every other clock that the norms of the city give it. */
export function ClocksPanel({ card }: { card: Card }) {
  const { t } = useTranslation('norms')
  const format = useFormat()
  const asked = useLocation({ select: ({ hash }) => hash === BASIS })
  const { line, clocks } = card
  const closing = clocks.find(({ end }) => CLOSING_ENDS.includes(end))
  const others = clocks.filter((clock) => clock !== closing)
  return (
    <Panel
      title={t('clocks.title')}
      note={line.dueAt === null ? null : t('clocks.due', { time: format.dateTime(line.dueAt) })}
    >
      {line.dueAt === null ? (
        <p id={BASIS} className={styles.plain}>
          {closing ? t('clocks.waits', { start: t(`start.${closing.start}`) }) : t('clocks.none')}
        </p>
      ) : (
        <p id={BASIS} className={styles.due}>
          <LineDue line={line} at={card.knownAt} />
        </p>
      )}
      {line.dueBasis === 'source' && line.dueAt !== null ? (
        <p className={styles.plain}>
          {t('clocks.bySource', {
            time: format.duration((line.dueAt - line.registeredAt) / 1000),
          })}
        </p>
      ) : null}
      {closing ? <Basis key={card.line.number} clock={closing} open={asked} /> : null}
      {others.length > 0 ? (
        <>
          <h3 className={styles.subtitle}>{t('clocks.other')}</h3>
          <ul className={styles.others}>
            {others.map((clock) => (
              <li key={clock.ref}>
                <div className={styles.other}>
                  <span>{inLanguage(clock.name, format.language)}</span>
                  <ClockFace
                    state={clock.state}
                    emergency={line.priority === 'emergency'}
                    faulty={isFaulty(line)}
                  />
                </div>
                <Basis clock={clock} />
              </li>
            ))}
          </ul>
        </>
      ) : null}
      <p className={styles.all}>
        <Link to="/norms">{t('clocks.all')}</Link>
      </p>
    </Panel>
  )
}

/** The norm with its citation, how the due time came about, and the net clock. */
function Basis({ clock, open = false }: { clock: Clock; open?: boolean }) {
  const { t } = useTranslation('norms')
  const { language } = useFormat()
  const { term } = useNormWords()
  return (
    <details className={styles.basis} open={open}>
      <summary>
        <span>{t('clocks.rests')}</span>
        {clock.verified ? null : <Verified verified={null} />}
      </summary>
      <p className={styles.norm}>
        <Link to="/norms" search={{ q: clock.ref }}>
          {inLanguage(clock.name, language)}
        </Link>
        , {inLanguage(clock.pack.name, language)}
      </p>
      <p className={styles.quiet}>
        {t(`start.${clock.start}`)} → {t(`end.${clock.end}`)}:{' '}
        {term(clock.duration, clock.calendar)}
      </p>
      <Citations citations={clock.citations} />
      {clock.otherStarts.map(({ start, citation }) => (
        <div key={start} className={styles.disputed}>
          {t('otherStart', { start: t(`start.${start}`) })}
          <Citations citations={[citation]} />
        </div>
      ))}
      {clock.note ? <p className={styles.quiet}>{inLanguage(clock.note, language)}</p> : null}
      <Steps clock={clock} />
      <Net clock={clock} />
      {clock.verified ? <Verified verified={clock.verified} /> : null}
    </details>
  )
}

function Steps({ clock }: { clock: Clock }) {
  const { t } = useTranslation('norms')
  const format = useFormat()
  const { term, timeOfDay } = useNormWords()
  const said = (step: Clock['steps'][number]): string => {
    switch (step.kind) {
      case 'start':
        return t('clocks.steps.start', {
          start: t(`start.${clock.start}`),
          at: format.dateTime(step.at),
        })
      case 'opening':
        return t('clocks.steps.opening', { at: format.dateTime(step.at) })
      case 'add': {
        const length = term(clock.duration, clock.calendar)
        if (!clock.window) return t('clocks.steps.add', { term: length })
        return t('clocks.steps.addWindow', {
          term: length,
          from: timeOfDay(clock.window.from),
          to: timeOfDay(clock.window.to),
        })
      }
      case 'free':
        return t('clocks.steps.free', { count: step.days, n: format.number(step.days) })
      case 'due':
        return t('clocks.steps.due', { at: format.dateTime(step.at) })
    }
  }
  if (clock.steps.length === 0) return null
  return (
    <ol className={styles.steps}>
      {clock.steps.map((step) => (
        <li key={step.kind}>{said(step)}</li>
      ))}
    </ol>
  )
}

function Net({ clock }: { clock: Clock }) {
  const { t } = useTranslation('norms')
  const format = useFormat()
  const said = clock.allowed.map((reason) => t(`pause.${reason}`)).join(', ')
  return (
    <div className={styles.net}>
      {clock.gross === null ? null : (
        <p>
          {t('clocks.gross', { time: format.duration(clock.gross / 1000) })}
          {clock.pauses.length > 0 && clock.net !== null
            ? `, ${t('clocks.net', { time: format.duration(clock.net / 1000) })}`
            : null}
          .
        </p>
      )}
      <p>
        {clock.allowed.length === 0 ? t('clocks.noPauses') : t('clocks.allowed', { what: said })}{' '}
        {clock.allowed.length > 0 && clock.pauses.length === 0 ? t('clocks.unused') : null}
      </p>
      {clock.pauses.length > 0 ? (
        <>
          <ul>
            {clock.pauses.map((pause) => (
              <li key={pause.start}>
                {t('clocks.pause', {
                  what: t(`pause.${pause.reason}`),
                  from: format.dateTime(pause.start),
                  to: format.dateTime(pause.end),
                })}
              </li>
            ))}
          </ul>
          <p className={styles.quiet}>{t('clocks.netNote')}</p>
        </>
      ) : null}
    </div>
  )
}
