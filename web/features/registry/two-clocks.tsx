import { useTranslation } from 'react-i18next'
import type { Answer } from '#web/api.ts'
import { useFormat } from '#web/lib/use-format.ts'
import text from '#web/ui/text.module.css'
import { saidAt } from './said.ts'
import styles from './two-clocks.module.css'

type Building = Answer['registry']['building']
type Stretch = Building['stretches'][number]

const MOST_LANES = 6
const YEAR = 365 * 86_400_000

interface TwoClocksProps {
  record: Building
  /** As of when, as the address has it. */
  asked: string | undefined
}

/** Valid time across, one lane for each belief, the present one on top; what is no longer believed is struck through. */
export function TwoClocks({ record, asked }: TwoClocksProps) {
  const { t } = useTranslation('registry')
  const format = useFormat()
  const { beliefs, asOf, now, statements } = record
  if (beliefs.length === 0) return <p className={text.quiet}>{t('history.none')}</p>
  const { from, to } = frameOf(record)
  const place = (instant: number) =>
    `${Math.max(0, Math.min(100, ((instant - from) / (to - from)) * 100))}%`
  const believed = new Set(beliefs[0]?.stretches.map(({ event }) => event))
  const why = new Map(statements.map(({ event, corrected }) => [event, corrected?.reason]))
  return (
    <figure className={styles.figure}>
      <figcaption className={text.quiet}>{t('history.caption')}</figcaption>
      <ol className={styles.lanes}>
        {beliefs.slice(0, MOST_LANES).map((belief, index) => (
          <li key={belief.since} className={styles.lane} data-now={index === 0 || undefined}>
            <span className={styles.laneName}>
              {belief.until === null
                ? t('history.knownSince', { date: format.date(belief.since) })
                : t('history.believed', {
                    from: format.date(belief.since),
                    to: format.date(belief.until),
                  })}
            </span>
            <span className={styles.track}>
              {belief.stretches
                .filter((stretch) => stretch.end === null || stretch.end > from)
                .map((stretch) => (
                  <span
                    key={`${stretch.event} ${stretch.start}`}
                    className={styles.stretch}
                    data-nobody={stretch.organization === null || undefined}
                    data-wrong={!believed.has(stretch.event) || undefined}
                    data-merger={stretch.merger || undefined}
                    style={{
                      left: place(stretch.start),
                      right: `calc(100% - ${place(stretch.end ?? to)})`,
                    }}
                    title={wordsOf(stretch, why.get(stretch.event))}
                  >
                    {stretch.organization?.name ?? t('nobody')}
                    <span className="visually-hidden">, {wordsOf(stretch)}</span>
                  </span>
                ))}
              <span className={styles.asOf} style={{ left: place(Math.min(asOf, to)) }} />
            </span>
          </li>
        ))}
      </ol>
      <p className={styles.axis} aria-hidden="true">
        <span>{format.date(from)}</span>
        <span>{asOf === now ? t('history.today') : saidAt(format, asked, asOf)}</span>
      </p>
      {beliefs.length > MOST_LANES ? (
        <p className={text.quiet}>
          {t('history.more', { n: format.number(beliefs.length - MOST_LANES) })}
        </p>
      ) : null}
    </figure>
  )

  function wordsOf({ organization, start, end, contract, merger }: Stretch, reason?: string) {
    return [
      organization?.name ?? t('nobody'),
      end === null
        ? t('history.since', { date: format.date(start) })
        : t('history.span', { from: format.date(start), to: format.date(end) }),
      contract ? t('history.contract', { contract }) : null,
      merger ? t('history.byMerger') : null,
      reason ? t('history.wrong', { reason }) : null,
    ]
      .filter(Boolean)
      .join(', ')
  }
}

/** Around the changes: what lies long before the first of them says nothing. */
function frameOf({ beliefs, now, asOf }: Building) {
  const starts = beliefs.flatMap(({ stretches }) => stretches.map(({ start }) => start))
  const changes = starts.filter((start) => start > Math.min(...starts))
  const to = Math.max(now, asOf, ...starts)
  const first = Math.min(to - YEAR, asOf, ...(changes.length > 0 ? changes : [to - YEAR]))
  return { from: first - (to - first) * 0.12, to }
}
