import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { inLanguage } from '#server/contract/vocabulary.ts'
import { type Answer, api } from '#web/api.ts'
import { writeAddress } from '#web/lib/address.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { ExportLinks } from '#web/table/export-links.tsx'
import { Panel } from '#web/ui/panel.tsx'
import { SideScroll } from '#web/ui/side-scroll.tsx'
import { EmptyState, Skeleton } from '#web/ui/states.tsx'
import { JUDGED_ONCE } from './freshness.ts'
import type { OneMeasured } from './mix-panel.tsx'
import styles from './organization.module.css'
import table from './organizations.module.css'

const BAR = 56

type Heaviest = Answer['organizations']['buildings']

/** Its buildings by what they add to the excess, and whether the excess holds without any one of them. */
export function BuildingsPanel({ one }: { one: OneMeasured }) {
  const { t } = useTranslation('organizations')
  const format = useFormat()
  const { id, unit, measure, filter } = one
  const answer = useQuery(api.organizations.buildings.queryOptions(one, JUDGED_ONCE))
  const { from, to, district, category } = filter
  const search = writeAddress({
    from,
    to,
    district,
    category,
    measure,
    id,
    ...(unit && { unit }),
  })
  return (
    <Panel
      className={styles.panel ?? ''}
      title={t('buildings.title')}
      actions={<ExportLinks table="organization-buildings" search={search.slice(1)} />}
    >
      {!answer.data ? (
        <Skeleton height={380} />
      ) : answer.data.heaviest.length === 0 ? (
        <EmptyState what={t('buildings.empty')} />
      ) : (
        <>
          <SideScroll label={t('buildings.title')}>
            <table className={`${table.plain} ${styles.buildings}`}>
              <thead>
                <tr>
                  <th scope="col">{t('buildings.building')}</th>
                  <th scope="col" className={table.right}>
                    n
                  </th>
                  <th scope="col" className={table.right}>
                    {t(`buildings.events.${measure}`)}
                  </th>
                  <th scope="col">{t('buildings.excess')}</th>
                  <th scope="col" className={table.right}>
                    {t('buildings.without')}
                  </th>
                </tr>
              </thead>
              <tbody>
                {answer.data.heaviest.map((building) => (
                  <BuildingRow key={building.id ?? ''} building={building} answer={answer.data} />
                ))}
                {answer.data.rest.buildings > 0 ? (
                  <tr>
                    <th scope="row" className={table.quiet}>
                      {t('buildings.rest', {
                        count: answer.data.rest.buildings,
                        n: format.number(answer.data.rest.buildings),
                      })}
                    </th>
                    <td className={table.right}>{format.number(answer.data.rest.n)}</td>
                    <td className={table.right}>
                      {format.number(answer.data.rest.observed)} /{' '}
                      {format.number(answer.data.rest.expected, 1)}
                    </td>
                    <td className={table.quiet}>{format.signed(answer.data.rest.excess, 1)}</td>
                    <td />
                  </tr>
                ) : null}
              </tbody>
            </table>
          </SideScroll>
          <Holds answer={answer.data} />
        </>
      )}
    </Panel>
  )
}

type Building = Heaviest['heaviest'][number]

function BuildingRow({ building, answer }: { building: Building; answer: Heaviest }) {
  const { t } = useTranslation('organizations')
  const format = useFormat()
  const { id, address, n, observed, expected, excess, without } = building
  const most = Math.max(1e-9, ...answer.heaviest.map((one) => Math.abs(one.excess)))
  return (
    <tr>
      <th scope="row">
        {id === null ? (
          t('buildings.unknown')
        ) : (
          <Link to="/buildings/$building" params={{ building: id }} className={table.number}>
            {address ? inLanguage(address, format.language) : id}
          </Link>
        )}
      </th>
      <td className={table.right}>{format.number(n)}</td>
      <td className={table.right}>
        {format.number(observed)} / {format.number(expected, 1)}
      </td>
      <td>
        <svg width={BAR + 48} height="16" className={styles.excess} aria-hidden="true">
          <rect y="3" width={(Math.max(0, excess) / most) * BAR} height="10" />
          <text x={(Math.max(0, excess) / most) * BAR + 6} y="12">
            {format.signed(excess, 1)}
          </text>
        </svg>
        <span className="visually-hidden">{format.signed(excess, 1)}</span>
      </td>
      <td className={table.right}>
        <b>{without ? format.number(without.ratio, 2) : ''}</b>
      </td>
    </tr>
  )
}

const MATERIAL = 1.1

/** Only where there is an excess to hold. */
function Holds({ answer: { whole, heaviest } }: { answer: Heaviest }) {
  const { t } = useTranslation('organizations')
  const format = useFormat()
  if (!whole.ratio || whole.ratio.lower <= MATERIAL || heaviest.length < 2) return null
  const [weakest] = heaviest
    .filter(({ without }) => without !== null)
    .sort((a, b) => (a.without?.lower ?? 0) - (b.without?.lower ?? 0))
  const lower = weakest?.without?.lower ?? 0
  return (
    <p className={table.foot}>
      {lower > MATERIAL
        ? t('buildings.holds', { bound: format.number(MATERIAL, 2) })
        : t('buildings.falls', {
            building: weakest?.address ? inLanguage(weakest.address, format.language) : '',
            lower: format.number(lower, 2),
          })}
    </p>
  )
}
