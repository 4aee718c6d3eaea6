import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Answer } from '#web/api.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { StatusShape } from '#web/ui/status-shape.tsx'
import styles from './flags.module.css'
import type { List, ListedFlag } from './queue-group.tsx'

interface InsufficientProps {
  flags: readonly ListedFlag[]
  rules: List['rules']
}

/** Of whom nothing is said, and why: plainly, without any figure that would look like a judgement. */
export function Insufficient({ flags, rules }: InsufficientProps) {
  const { t } = useTranslation(['flags', 'words'])
  const format = useFormat()
  const organizations = Map.groupBy(flags, ({ organization }) => organization.id)
  return (
    <section className={styles.group} aria-labelledby="flags-insufficient">
      <header>
        <StatusShape kind="insufficient" size={13} />
        <h2 id="flags-insufficient">
          {t('words:level.insufficient')} <span>{format.number(organizations.size)}</span>
        </h2>
        <p>
          {t('flags:rule.insufficient', {
            expected: format.number(rules.minExpected),
            n: format.number(rules.minRequests),
          })}
        </p>
      </header>
      {organizations.size === 0 ? (
        <p className={styles.nobody}>{t('flags:groupEmpty.insufficient')}</p>
      ) : (
        <ul className={styles.plain}>
          {Array.from(organizations, ([id, own]) => (
            <li key={id}>
              <strong>{own[0]?.organization.name}</strong>{' '}
              {own.map((flag, index) => (
                <span key={flag.id}>
                  {index > 0 ? '; ' : ''}
                  <Link to="/flags/$flag" params={{ flag: flag.id }}>
                    {t(`flags:measure.${flag.flagged}`)}
                  </Link>
                  {', '}
                  {flag.why === 'quality'
                    ? t('flags:why.quality')
                    : flag.why === 'alone'
                      ? t('flags:why.alone')
                      : t('flags:why.few', {
                          n: format.number(flag.figures.n),
                          expected: format.number(flag.figures.expected, 1),
                        })}
                </span>
              ))}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

/** What was withdrawn and not proposed again: a flag that ends is told as plainly as one that begins. */
export function WithdrawnGroup({
  withdrawn,
}: {
  withdrawn: Answer['dossier']['told']['withdrawn']
}) {
  const { t } = useTranslation('flags')
  const format = useFormat()
  return (
    <section className={styles.group} aria-labelledby="flags-withdrawn">
      <header>
        <h2 id="flags-withdrawn">
          {t('withdrawn.title')} <span>{format.number(withdrawn.length)}</span>
        </h2>
        <p>{t('withdrawn.rule')}</p>
      </header>
      {withdrawn.length === 0 ? (
        <p className={styles.nobody}>{t('withdrawn.none')}</p>
      ) : (
        <ul className={styles.plain}>
          {withdrawn.map(({ flag, organization, at, by, reason }) => (
            <li key={flag}>
              <strong>
                <Link to="/flags/$flag" params={{ flag }}>
                  {organization.name}
                </Link>
              </strong>{' '}
              {t(`measure.${flag.slice(0, flag.indexOf('.')) as 'reopened'}`)}, {format.date(at)},{' '}
              {t(`withdrawn.${by}`)}
              {reason ? `: ${reason}` : ''}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
