import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Trans, useTranslation } from 'react-i18next'
import { inLanguage, type Words } from '#server/contract/vocabulary.ts'
import { api } from '#web/api.ts'
import { isUnknown } from '#web/lib/refused.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { LevelMark } from '#web/ui/level.tsx'
import { Panel } from '#web/ui/panel.tsx'
import { NumberLink, Sentence } from '#web/ui/sentence.tsx'
import { ErrorState, Skeleton } from '#web/ui/states.tsx'
import { useChanceText } from './chance.tsx'
import { FlagCard } from './flag-card.tsx'
import type { Flag } from './flag-figures.tsx'
import styles from './flags.module.css'
import { periodText } from './period-text.ts'
import { thisFarText } from './this-far.ts'

/** One flag: its figures in words, what it rests on, and the requests behind it. */
export function FlagPage({ id }: { id: string }) {
  const { t } = useTranslation('flags')
  const answer = useQuery(
    api.flags.one.queryOptions({ id }, { retry: false, staleTime: 600_000, meta: { live: false } }),
  )
  if (answer.isError && !answer.data)
    return (
      <div className={styles.page}>
        <ErrorState
          what={isUnknown(answer.error) ? t('page.unknown') : t('failed')}
          todo={isUnknown(answer.error) ? t('page.unknownTodo') : t('failedTodo')}
          retry={{ label: t('retry'), run: () => void answer.refetch() }}
        />
      </div>
    )
  const flag = answer.data
  if (!flag)
    return (
      <div className={styles.page}>
        <Skeleton width="min(860px, 100%)" height={108} />
        <Skeleton height={420} />
      </div>
    )
  return (
    <div className={styles.page}>
      <p className={styles.path}>
        <Link to="/flags">{t('page.back')}</Link>
        <LevelMark level={flag.level} />
        <Link
          to="/organizations/$organization"
          params={{ organization: flag.organization.id }}
          search={{ measure: flag.measure }}
        >
          {t('page.organization')}
        </Link>
      </p>
      <FlagSentence flag={flag} />
      <div className={styles.sheet}>
        <div className={styles.evidence}>
          <Panel title={t('page.inWords')} className={styles.panel ?? ''}>
            <InWords flag={flag} />
          </Panel>
          <Panel title={t('page.categories')} className={styles.panel ?? ''}>
            <Parts
              title={t('page.category')}
              parts={flag.categories.map((part) => ({ ...part, label: part.name }))}
            />
          </Panel>
          <Panel title={t('page.buildings')} className={styles.panel ?? ''}>
            <Parts
              title={t('page.building')}
              last={t('page.without')}
              parts={flag.buildings.map((part) => ({
                ...part,
                label: part.address,
                building: part.id,
                ratio: part.without,
              }))}
            />
          </Panel>
        </div>
        <FlagCard organization={flag.organization.id} measure={flag.measure} atHome />
      </div>
    </div>
  )
}

function FlagSentence({ flag }: { flag: Flag }) {
  const { t } = useTranslation('flags')
  const format = useFormat()
  const { figures, rows, organization, measure } = flag
  return (
    <Sentence>
      <Trans
        t={t}
        i18nKey={`page.sentence.${measure}`}
        values={{
          name: organization.name,
          n: format.number(figures.n),
          observed: format.number(figures.observed),
          expected: format.number(figures.expected),
        }}
        components={{
          among: <NumberLink to="/requests" search={rows.among} />,
          events: <NumberLink to="/requests" search={rows.events} />,
        }}
      />
    </Sentence>
  )
}

function InWords({ flag }: { flag: Flag }) {
  const { t } = useTranslation(['flags', 'measures'])
  const format = useFormat()
  const chance = useChanceText()
  const { figures, peers, quarters, measure, version, rules } = flag
  return (
    <div className={styles.words}>
      <p>
        {t('page.ratioWords', {
          ratio: format.number(figures.ratio, 2),
          interval: format.range(figures.lower, figures.upper, 2),
        })}{' '}
        {flag.level === 'insufficient'
          ? null
          : t('page.chanceWords', {
              chance: chance(flag.pChance),
              thisFar: thisFarText(peers.thisFar, format.number),
              judged: format.number(peers.judged),
            })}{' '}
        {quarters.of > 0 ? t('page.quartersWords', quarters) : null}
      </p>
      <p>
        {t('page.peersWords', {
          count: peers.organizations,
          n: format.number(peers.organizations),
          spread: format.number(flag.spread, 3),
          chance: format.range(...figures.chance, 2),
          outer: format.range(...figures.outer, 2),
        })}
      </p>
      <p>
        {t('sheet.definitionNote', {
          name: t(`measures:${measure}.name`),
          version: String(version),
          rules: String(rules.version),
        })}
        . {t(`measures:${measure}.definition`)} {t(`measures:${measure}.excluded`)}
      </p>
      <p>{periodText(t, format, flag)}</p>
      <p>
        <strong>{t('sheet.words')}</strong>
      </p>
      <p className={styles.buttons}>
        <Link to="/requests" search={flag.rows.among} className={styles.secondary}>
          {t('page.among', { n: format.number(figures.n) })}
        </Link>
        <Link to="/requests" search={flag.rows.events} className={styles.secondary}>
          {t('page.eventsLink', { n: format.number(figures.observed) })}
        </Link>
      </p>
    </div>
  )
}

interface Part {
  id: string | null
  label: Words | null
  building?: string | null
  n: number
  observed: number
  expected: number
  excess: number
  ratio: { ratio: number; lower: number; upper: number } | null
}

function Parts({ title, last, parts }: { title: string; last?: string; parts: readonly Part[] }) {
  const { t } = useTranslation('flags')
  const format = useFormat()
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{title}</th>
          <th scope="col" className={styles.right}>
            {t('page.n')}
          </th>
          <th scope="col" className={styles.right}>
            {t('page.events')}
          </th>
          <th scope="col" className={styles.right}>
            {t('page.excess')}
          </th>
          <th scope="col" className={styles.right}>
            {last ?? t('page.ratio')}
          </th>
        </tr>
      </thead>
      <tbody>
        {parts.map((part) => {
          const name = part.label ? inLanguage(part.label, format.language) : t('page.unknownPart')
          return (
            <tr key={part.id ?? ''}>
              <th scope="row">
                {part.building ? (
                  <Link to="/buildings/$building" params={{ building: part.building }}>
                    {name}
                  </Link>
                ) : (
                  name
                )}
              </th>
              <td className={styles.right}>{format.number(part.n)}</td>
              <td className={styles.right}>
                {format.number(part.observed)} / {format.number(part.expected, 1)}
              </td>
              <td className={styles.right}>{format.signed(part.excess, 1)}</td>
              <td className={styles.right}>
                {part.ratio ? (
                  <>
                    <b>{format.number(part.ratio.ratio, 2)}</b>{' '}
                    <span>{format.range(part.ratio.lower, part.ratio.upper, 2)}</span>
                  </>
                ) : null}
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
