import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { inLanguage } from '#server/contract/vocabulary.ts'
import { type Answer, api } from '#web/api.ts'
import { dayOfIso } from '#web/lib/city-time.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { Verified } from '#web/ui/norm.tsx'
import { Panel } from '#web/ui/panel.tsx'
import { SideScroll } from '#web/ui/side-scroll.tsx'
import { ErrorState, Skeleton } from '#web/ui/states.tsx'
import { Choice } from './choice.tsx'
import styles from './presets.module.css'
import type { Preset } from './presets-page.tsx'
import { SeenValue } from './seen.tsx'
import { ZoneMark } from './zone.tsx'

interface PresetPreviewProps {
  preset: Preset
  months: number
  mayChoose: boolean
}

/** One definition: what it counts and where its limits lie, whom it would mark now, and the word that puts it in force. */
export function PresetPreview({ preset, months, mayChoose }: PresetPreviewProps) {
  const { t } = useTranslation('presets')
  const format = useFormat()
  const answer = useQuery(
    api.presets.preview.queryOptions(
      { preset: preset.id, months },
      { staleTime: 600_000, meta: { live: false } },
    ),
  )
  const lengths = [...new Set([preset.months, ...preset.otherMonths])].sort((a, b) => a - b)
  return (
    <>
      <Panel title={inLanguage(preset.name, format.language)}>
        <div className={styles.about}>
          <p>{inLanguage(preset.about, format.language)}</p>
          <Limits preset={preset} />
          <p className={styles.quiet}>
            {t('source', { title: preset.source.title })} <Verified verified={preset.verified} />
          </p>
          <p className={styles.lengths}>
            <span>{t('lookBack')}</span>
            {lengths.map((length) => (
              <Link
                key={length}
                to="/presets"
                search={{ preset: preset.id, ...(length !== preset.months && { months: length }) }}
                aria-current={length === months ? 'true' : undefined}
              >
                {t('months', { count: length, n: format.number(length) })}
              </Link>
            ))}
          </p>
          <Choice preset={preset} mayChoose={mayChoose} />
        </div>
      </Panel>
      {answer.isError && !answer.data ? (
        <ErrorState
          what={t('failed')}
          todo={t('failedTodo')}
          retry={{ label: t('retry'), run: () => void answer.refetch() }}
        />
      ) : answer.data ? (
        <Marked preview={answer.data} preset={preset} />
      ) : (
        <Skeleton height={420} />
      )}
    </>
  )
}

/** What is counted and where its zones begin, in words of the definition's own figures. */
function Limits({ preset }: { preset: Preset }) {
  const { t } = useTranslation(['presets', 'measures'])
  const format = useFormat()
  const { rule } = preset
  if (rule.kind === 'growth')
    return (
      <p>
        {t('presets:limits.growth', {
          times: format.number(rule.times),
          least: format.number(rule.least),
        })}
      </p>
    )
  if (rule.kind === 'countAndRatio')
    return (
      <p>
        {t('presets:limits.countAndRatio', {
          count: format.number(rule.count),
          ratio: format.number(rule.per100Flats),
          measure: t(`measures:${rule.measure}.name`),
        })}
      </p>
    )
  const wordsOf = (indicator: (typeof rule.indicators)[number]) => {
    const { better, green, yellow, least } = indicator
    const name = inLanguage(indicator.name, format.language)
    if ('measure' in indicator)
      return t(`presets:limits.${better}`, {
        ...{ name, measure: t(`measures:${indicator.measure}.name`) },
        ...{ green: format.percent(green), yellow: format.percent(yellow) },
        least: format.number(least),
      })
    const value = (share: number) =>
      indicator.registered === 'complaintsPerFlat'
        ? format.number(share * 100, 1)
        : format.percent(share)
    return t(`presets:limits.register.${better}`, {
      ...{ name, green: value(green), yellow: value(yellow) },
    })
  }
  return (
    <>
      <ul className={styles.limits}>
        {rule.indicators.map((indicator) => (
          <li key={indicator.id}>{wordsOf(indicator)}</li>
        ))}
        {rule.missing.map(({ name, why }) => (
          <li key={name.en} className={styles.quiet}>
            {t('presets:limits.missing', {
              name: inLanguage(name, format.language),
              why: inLanguage(why, format.language),
            })}
          </li>
        ))}
      </ul>
      <p>{t('presets:limits.reds', { count: rule.reds, n: format.number(rule.reds) })}</p>
    </>
  )
}

interface MarkedProps {
  preview: Answer['presets']['preview']
  preset: Preset
}

function Marked({ preview, preset }: MarkedProps) {
  const { t } = useTranslation('presets')
  const format = useFormat()
  const { organizations, period, totals, guarded } = preview
  const name = (id: string) => {
    const { rule } = preset
    const found = rule.kind === 'zones' ? rule.indicators.find((one) => one.id === id) : undefined
    return found
      ? inLanguage(found.name, format.language)
      : t(`column.${id as 'previous' | 'lastYear' | 'count'}`)
  }
  const columns = organizations[0]?.seen.map(({ id }) => id) ?? []
  return (
    <Panel
      title={t('marked', { n: format.number(totals.red) })}
      note={format.days(dayOfIso(period.from), dayOfIso(period.to) - 1)}
      finding={[
        t('totals', {
          red: format.number(totals.red),
          yellow: format.number(totals.yellow),
          green: format.number(totals.green),
          few: format.number(totals.few),
        }),
        guarded > 0 ? t('guardedTotal', { n: format.number(guarded) }) : '',
      ].join(' ')}
    >
      <SideScroll label={t('marked', { n: format.number(totals.red) })}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t('column.organization')}</th>
              <th scope="col">{t('column.zone')}</th>
              {columns.map((id) => (
                <th key={id} scope="col">
                  {name(id)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {organizations.map(({ organization, zone, guarded, seen }) => (
              <tr key={organization.id}>
                <th scope="row">
                  <Link
                    to="/organizations/$organization"
                    params={{ organization: organization.id }}
                  >
                    {organization.name}
                  </Link>
                </th>
                <td>
                  <ZoneMark zone={zone} />
                  {guarded ? <small className={styles.guarded}>{t('guarded')}</small> : null}
                </td>
                {seen.map((one) => (
                  <td key={one.id}>
                    <SeenValue seen={one} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </SideScroll>
    </Panel>
  )
}
