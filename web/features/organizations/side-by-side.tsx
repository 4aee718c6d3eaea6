import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type OrganizationsSearch, scopeOf } from '#server/contract/organizations.ts'
import { api } from '#web/api.ts'
import { Chart } from '#web/chart/chart.tsx'
import { useFormat } from '#web/lib/use-format.ts'
import { Panel } from '#web/ui/panel.tsx'
import { usePalette } from '#web/ui/provider.tsx'
import { Segments } from '#web/ui/segments.tsx'
import { SideScroll } from '#web/ui/side-scroll.tsx'
import { AsTable, Skeleton } from '#web/ui/states.tsx'
import { WATCHED } from './freshness.ts'
import styles from './organizations.module.css'
import { nameIn } from './rows.ts'
import { type Compared, DASHES, lineColour, sideBySideOption } from './side-by-side-option.ts'
import { UnitLink } from './unit-link.tsx'
import { useTick } from './use-tick.ts'
import { Wait } from './wait.tsx'

const HEIGHT = 260

interface SideBySideProps {
  search: OrganizationsSearch
  selected: readonly string[]
  clock: 'response' | 'resolution'
  onChange: (next: Partial<OrganizationsSearch>) => void
}

/** The chosen ones by their curves and figures; none is ranked, and each stands beside the city on its own mix. */
export function SideBySide({ search, selected, clock, onChange }: SideBySideProps) {
  const { t } = useTranslation('organizations')
  const format = useFormat()
  const palette = usePalette()
  const tick = useTick()
  const [asTable, setAsTable] = useState(false)
  const filter = scopeOf(search)
  const { unit } = search
  const answer = useQuery(
    api.organizations.sideBySide.queryOptions(
      { unit, ids: [...selected], filter, clock },
      { ...WATCHED, placeholderData: keepPreviousData },
    ),
  )
  const curves = answer.data
  const { language } = format
  const option = useMemo(() => {
    if (!curves) return null
    const nameOf = ({ name }: Compared) => nameIn(name, language)
    return (width: number) => sideBySideOption({ curves, palette, nameOf, tick }, width)
  }, [curves, palette, tick, language])
  const figures = curves ? (
    <SideScroll label={t('sideBySide.title')}>
      <table className={styles.plain}>
        <thead>
          <tr>
            <th scope="col">{t(`unit.${unit}`)}</th>
            <th scope="col" className={styles.right}>
              n
            </th>
            {(['median', 'p90', 'city', 'restricted', 'longer'] as const).map((column) => (
              <th key={column} scope="col" className={styles.right}>
                {t(`sideBySide.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {curves.map((one, i) => (
            <tr key={one.id}>
              <th scope="row">
                <svg width="28" height="10" className={styles.sample} aria-hidden="true">
                  <path
                    d="M0 5H28"
                    stroke={lineColour(i, palette)}
                    strokeWidth="2"
                    strokeDasharray={DASHES[i]?.join(' ')}
                  />
                </svg>
                <UnitLink unit={unit} id={one.id} className={styles.number}>
                  {nameIn(one.name, language)}
                </UnitLink>
              </th>
              <td className={styles.right}>{format.number(one.n)}</td>
              <td className={styles.right}>
                <Wait wait={one} />
              </td>
              <td className={styles.right}>
                {one.p90 === null
                  ? ''
                  : one.p90.value === null
                    ? t('stages.notReached')
                    : format.duration(one.p90.value)}
              </td>
              <td className={styles.right}>
                {one.city === null ? t('stages.notReached') : format.duration(one.city)}
              </td>
              <td className={styles.right}>
                {one.restricted
                  ? t('sideBySide.within', {
                      mean: format.duration(one.restricted.mean),
                      within: format.duration(one.restricted.within),
                    })
                  : ''}
              </td>
              <td className={styles.right}>
                {one.longer
                  ? `${one.longer.seconds < 0 ? '−' : '+'}${format.duration(Math.abs(one.longer.seconds))}`
                  : ''}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </SideScroll>
  ) : null
  return (
    <Panel
      className={styles.panel ?? ''}
      title={t('sideBySide.title')}
      note={t('sideBySide.note')}
      actions={
        <>
          <AsTable
            pressed={asTable}
            onToggle={() => setAsTable(!asTable)}
            label={t(asTable ? 'asChart' : 'asTable')}
          />
          <button
            type="button"
            className={styles.bare}
            onClick={() => onChange({ curves: undefined })}
          >
            {t('sideBySide.close')}
          </button>
        </>
      }
    >
      <Segments
        small
        label={t('sideBySide.clock')}
        options={(['response', 'resolution'] as const).map((value) => ({
          value,
          label: t(`sideBySide.${value}`),
        }))}
        value={clock}
        onChange={(curves) => onChange({ curves })}
      />
      {!curves || !option ? (
        <Skeleton height={HEIGHT + 40 * selected.length} />
      ) : (
        <>
          {asTable ? null : (
            <Chart option={option} label={t('sideBySide.label')} table={figures} height={HEIGHT} />
          )}
          {figures}
        </>
      )}
    </Panel>
  )
}
