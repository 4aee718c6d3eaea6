import { useTranslation } from 'react-i18next'
import { useFormat } from '#web/lib/use-format.ts'
import { type Finding, isFew } from './finding.ts'

/** A finding as a question to the organization. */
export function useQuestion() {
  const { t } = useTranslation('integrity')
  const format = useFormat()
  return (finding: Finding): string => {
    const { indicator, observed, expected, n, burst } = finding
    if (indicator === 'massClosing') {
      const closings = burst?.closings ?? finding.effect ?? 0
      const length = (burst?.minutes ?? 1) > 1 ? 'ten' : 'one'
      const asked = t(`burst.${length}`, { count: closings, n: format.number(closings) })
      return burst ? `${asked} ${t('burst.times', { times: format.number(burst.times) })}` : asked
    }
    return t(`question.${indicator}`, {
      observed: format.number(observed),
      expected: isFew(finding)
        ? t('evidence.few')
        : format.number(expected ?? 0, (expected ?? 0) < 100 ? 1 : 0),
      n: format.number(n),
    })
  }
}
