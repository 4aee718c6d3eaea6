import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Chart } from '#web/chart/chart.tsx'
import { dayOfIso } from '#web/lib/city-time.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { Panel } from '#web/ui/panel.tsx'
import { usePalette } from '#web/ui/provider.tsx'
import { AsTable, EmptyState } from '#web/ui/states.tsx'
import type { Evidence, Picture as PictureOf } from './finding.ts'
import styles from './integrity.module.css'
import { type Bars, barsOf, PICTURE_HEIGHT, pictureOption } from './picture-option.ts'

const FIRST_NAME = { terms: 'bin', minutes: 'minute', day: 'time', months: 'month' } as const

/** What a question was drawn from: closings around the due time, by minute, on a day, or by month. */
export function Picture({ evidence }: { evidence: Evidence }) {
  const { t } = useTranslation('integrity')
  const format = useFormat()
  const palette = usePalette()
  const [asTable, setAsTable] = useState(false)
  const { picture } = evidence
  const bars = useMemo(() => {
    if (!picture) return null
    const month = (iso: string, first: boolean) => {
      const [year = '', number = ''] = iso.split('-')
      const name = format.monthShort(Number(number))
      return first || number === '01' ? `${name} ${year.slice(2)}` : name
    }
    return barsOf(picture, { format, month })
  }, [picture, format])
  const option = useMemo(() => {
    if (!bars || !picture) return null
    const words = {
      due: t('picture.due'),
      expected: picture.kind === 'months' ? t('picture.expected') : t('picture.others'),
    }
    return (width: number) => pictureOption(bars, { palette, format, words }, width)
  }, [bars, picture, palette, format, t])
  if (!picture || !bars || !option)
    return (
      <Panel title={t('picture.months')}>
        <EmptyState what={t('picture.empty')} />
      </Panel>
    )
  const title = titleOf(picture)
  const sum = (values: readonly (number | null)[]) =>
    values.reduce<number>((total, value) => total + (value ?? 0), 0)
  const said = {
    title,
    own: format.number(sum(bars.own)),
    expected: format.number(sum(bars.expected ?? []), 1),
  }
  return (
    <Panel
      title={title}
      note={t(`picture.${picture.kind}Note`)}
      actions={
        <AsTable
          pressed={asTable}
          onToggle={() => setAsTable(!asTable)}
          label={t(asTable ? 'asChart' : 'asTable')}
        />
      }
    >
      <Chart
        option={option}
        label={t(bars.expected ? 'picture.label' : 'picture.labelAlone', said)}
        table={<BarsTable bars={bars} first={t(`picture.${FIRST_NAME[picture.kind]}`)} />}
        asTable={asTable}
        height={PICTURE_HEIGHT}
      />
    </Panel>
  )

  function titleOf(one: PictureOf): string {
    return one.kind === 'day'
      ? t('picture.day', { day: format.dayShort(dayOfIso(one.day)) })
      : t(`picture.${one.kind}`)
  }
}

function BarsTable({ bars, first }: { bars: Bars; first: string }) {
  const { t } = useTranslation('integrity')
  const format = useFormat()
  const { names, own, expected } = bars
  return (
    <table className={styles.plain}>
      <thead>
        <tr>
          <th scope="col">{first}</th>
          <th scope="col" className={styles.right}>
            {t('picture.own')}
          </th>
          {expected ? (
            <th scope="col" className={styles.right}>
              {t('picture.expected')}
            </th>
          ) : null}
        </tr>
      </thead>
      <tbody>
        {names.map((name, i) =>
          // A day has 144 tens of minutes; those in which nothing was closed say nothing.
          !expected && own[i] === 0 ? null : (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td className={styles.right}>{format.number(own[i] ?? 0)}</td>
              {expected ? (
                <td className={styles.right}>{format.number(expected[i] ?? 0, 1)}</td>
              ) : null}
            </tr>
          ),
        )}
      </tbody>
    </table>
  )
}
