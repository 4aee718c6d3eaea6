import { Trans, useTranslation } from 'react-i18next'
import { inLanguage } from '#server/contract/vocabulary.ts'
import { useFormat } from '#web/lib/use-format.ts'
import type { OutageRow, OutagesAnswer } from './answers.ts'
import { WallSentence } from './sentence.tsx'
import { useOutageNames } from './use-outage-names.ts'

/** What is worst, in a line: an emergency past its limit, a suspicion, what is announced. */
export function OutagesSentence({
  outages: { rows, late, suspected, announced, ready, emergenciesKnown },
}: {
  outages: OutagesAnswer
}) {
  const { t } = useTranslation('wall')
  const { number } = useFormat()
  const [first] = rows
  const b = <b />
  const line =
    late > 0 && first?.address ? (
      <LateSentence count={late} address={first.address} />
    ) : suspected === 1 ? (
      <SuspectedSentence row={rows.find(({ kind }) => kind === 'suspected')} />
    ) : suspected > 1 ? (
      <Trans
        t={t}
        i18nKey="outages.suspectedMany"
        values={{ n: number(suspected) }}
        components={{ b }}
      />
    ) : announced > 0 ? (
      <Trans
        t={t}
        i18nKey="outages.announced"
        values={{ n: number(announced) }}
        components={{ b }}
      />
    ) : (
      t(!ready ? 'outages.reading' : emergenciesKnown ? 'outages.calm' : 'outages.unmarked')
    )
  return <WallSentence lines={[line]} />
}

function LateSentence({
  count,
  address,
}: {
  count: number
  address: NonNullable<OutageRow['address']>
}) {
  const { t } = useTranslation('wall')
  const { language, number } = useFormat()
  return (
    <Trans
      t={t}
      i18nKey={count === 1 ? 'sentence.lateOne' : 'sentence.lateMany'}
      values={{ n: number(count), address: inLanguage(address, language) }}
      components={{ b: <b /> }}
    />
  )
}

function SuspectedSentence({ row }: { row: OutageRow | undefined }) {
  const { t } = useTranslation('wall')
  const names = useOutageNames(row ?? NOTHING)
  return row ? (
    <>
      {names.title}: <b>{names.where}.</b>
    </>
  ) : (
    t('outages.calm')
  )
}
const NOTHING: OutageRow = {
  ...{ kind: 'emergency', resource: null, category: null, heatingPoint: null, address: null },
  ...{ district: null, houses: 0, called: null, usual: null, windowMin: null, since: 0 },
  promised: null,
}
