import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Evaluated } from '#server/contract/flags.ts'
import type { Level } from '#server/contract/measures/shape.ts'
import { api } from '#web/api.ts'
import { isUnknown } from '#web/lib/refused.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { Skeleton } from '#web/ui/states.tsx'
import { StatusShape } from '#web/ui/status-shape.tsx'
import styles from './card.module.css'
import { type Flag, FlagFigures } from './flag-figures.tsx'
import { FlagTimes } from './flag-times.tsx'
import { periodText } from './period-text.ts'
import { RatioPlot } from './ratio-plot.tsx'
import { WarnedWords } from './warned-words.tsx'

const WORDS = {
  inspect: 'words',
  watch: 'watchWords',
  good: 'goodWords',
  none: 'noneWords',
  insufficient: 'fewWords',
} as const satisfies Record<Level, string>

const wordsOf = ({ level, now, beyond }: Flag) => {
  if (level !== 'watch') return WORDS[level]
  // An inspector withdrew what its figures call out.
  if (now === 'inspect') return 'withdrawnWords'
  return now === 'watch' && !beyond ? 'warnedWords' : WORDS[level]
}

/** A month is counted within a minute or so after a start. */
const WHILE_COUNTED_MS = 3000

interface FlagCardProps {
  organization: string
  measure: Evaluated
  /** On the flag's own page nothing leads to it. */
  atHome?: boolean
}

/** Where an organization stands in a measure, with the figures it rests on and what they mean. */
export function FlagCard({ organization, measure, atHome }: FlagCardProps) {
  const { t } = useTranslation('flags')
  const format = useFormat()
  const answer = useQuery(
    api.flags.one.queryOptions(
      { id: `${measure}.${organization}` },
      {
        ...{ retry: false, staleTime: 600_000, meta: { live: false } },
        refetchInterval: ({ state }) => (state.data?.counted ? WHILE_COUNTED_MS : false),
      },
    ),
  )
  if (isUnknown(answer.error))
    return (
      <section className={styles.card} aria-label={t('card.insufficient')}>
        <header className={styles.insufficient}>
          <StatusShape kind="insufficient" /> <h2>{t('card.insufficient')}</h2>
        </header>
        <p className={styles.cardWords}>{t('sheet.fewWords')}</p>
      </section>
    )
  if (!answer.data || answer.data.counted)
    return (
      <section className={styles.card} aria-label={t('card.counting')} aria-busy>
        <header className={styles.insufficient}>
          <h2>{t('card.counting')}</h2>
          <span>{t(`measure.${measure}`)}</span>
        </header>
        <p className={styles.cardWords}>{t('sheet.counting')}</p>
        <Skeleton height={440} />
      </section>
    )
  const flag = answer.data
  const { figures, level } = flag
  return (
    <section className={styles.card} aria-label={t(`card.${level}`)}>
      <header className={styles[level]}>
        {level === 'none' ? null : <StatusShape kind={level} />} <h2>{t(`card.${level}`)}</h2>
        <span>{t(`measure.${measure}`)}</span>
      </header>
      <div className={styles.cardBody}>
        <p className={styles.headline}>
          <strong>{format.number(figures.ratio, 2)}</strong>
          <span>
            {t('sheet.ratio')}
            <br />
            {t('sheet.interval', { interval: format.range(figures.lower, figures.upper, 2) })}
          </span>
        </p>
        <RatioPlot {...figures} level={level} />
        <p className={styles.buttons}>
          {atHome ? null : (
            <Link to="/flags/$flag" params={{ flag: flag.id }} className={styles.primary}>
              {t('sheet.open')}
            </Link>
          )}
          <Link to="/requests" search={flag.rows.among} className={styles.secondary}>
            {t('sheet.requests')}
          </Link>
        </p>
        <FlagFigures flag={flag} />
        {flag.times ? <FlagTimes times={flag.times} /> : null}
        <p className={styles.cardWords}>
          {t(`sheet.${flag.alone ? 'aloneWords' : wordsOf(flag)}`, {
            date: flag.withdrawn ? format.date(flag.withdrawn.at) : '',
            reason: flag.withdrawn?.reason ?? '',
          })}{' '}
          {periodText(t, format, flag)}
        </p>
        <WarnedWords flag={flag} />
      </div>
    </section>
  )
}
