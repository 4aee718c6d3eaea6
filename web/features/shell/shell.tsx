import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MeasureId } from '#server/contract/measures/shape.ts'
import type { Language } from '#server/contract/vocabulary.ts'
import { LANGUAGES } from '#server/contract/vocabulary.ts'
import { api } from '#web/api.ts'
import { createFormat } from '#web/lib/format.ts'
import { FormatContext } from '#web/lib/use-format.ts'
import { MeasureContext, MeasurePanel } from '#web/ui/measure.tsx'
import { useSize } from '#web/ui/use-size.ts'
import { BottomBar } from './bottom-bar.tsx'
import { KeysHelp } from './keys-help.tsx'
import { useScopeSearch } from './page-frame.ts'
import { PageTitle } from './page-title.tsx'
import { Rail, type Tallies } from './rail.tsx'
import styles from './shell.module.css'
import { TopBar } from './top-bar.tsx'
import { useKeys } from './use-keys.ts'

/** Words and the city's time, for pages with a frame and without. */
export function CityFormat({ children }: { children: ReactNode }) {
  const { i18n } = useTranslation()
  const { data: place } = useQuery(api.shell.place.queryOptions())
  const language: Language = LANGUAGES.find((known) => known === i18n.language) ?? 'ru'
  const zone = place?.zone ?? 'UTC'
  const format = useMemo(() => createFormat(language, zone), [language, zone])
  return <FormatContext value={format}>{children}</FormatContext>
}

interface ShellProps {
  /** Counts beside the sections. */
  tallies: Tallies
  /** Above the page: what is wrong with its data. */
  banner?: ReactNode
  /** What people are told of, at the end of the top bar. */
  bell?: ReactNode
  children: ReactNode
}

export function Shell({ tallies, banner, bell, children }: ShellProps) {
  const { t } = useTranslation('shell')
  const [narrow, setNarrow] = useState(() => localStorage.getItem('rail') === 'narrow')
  const [help, setHelp] = useState(false)
  const [measure, setMeasure] = useState<MeasureId>()
  const scope = useScopeSearch()
  const [head, { height }] = useSize<HTMLDivElement>()
  useKeys(() => setHelp(true), setMeasure)
  const turn = (next: boolean) => {
    setNarrow(next)
    localStorage.setItem('rail', next ? 'narrow' : 'wide')
  }
  return (
    <div className={styles.shell} data-rail={narrow ? 'narrow' : undefined}>
      <a className={styles.skip} href="#main">
        {t('skip')}
      </a>
      <div className={styles.rail}>
        <Rail tallies={tallies} narrow={narrow} onNarrow={turn} onKeys={() => setHelp(true)} />
      </div>
      <div
        className={styles.column}
        style={height > 0 ? ({ '--head': `${height}px` } as React.CSSProperties) : undefined}
      >
        <div className={styles.head} ref={head}>
          <TopBar bell={bell} />
          {banner}
        </div>
        <main className={styles.main} id="main" tabIndex={-1}>
          <MeasureContext value={setMeasure}>{children}</MeasureContext>
        </main>
      </div>
      <BottomBar tallies={tallies} />
      <PageTitle />
      {measure ? (
        <MeasurePanel measure={measure} scope={scope} onClose={() => setMeasure(undefined)} />
      ) : null}
      {help ? <KeysHelp onClose={() => setHelp(false)} /> : null}
    </div>
  )
}
