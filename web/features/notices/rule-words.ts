import { useTranslation } from 'react-i18next'
import { type NoticeKind, RECOVERS, type RuleDraft } from '#server/contract/notices.ts'
import { inLanguage, type Words } from '#server/contract/vocabulary.ts'
import { useFormat } from '#web/lib/use-format.ts'

const IN_MINUTES: readonly NoticeKind[] = ['emergencyAge', 'sourceSilent']

type Told = Pick<RuleDraft, 'kind' | 'threshold' | 'recovery' | 'holdMinutes' | 'scope'>

/** A rule as a sentence and what goes with it. */
export function useRuleWords() {
  const { t } = useTranslation('notices')
  const format = useFormat()
  const amount = (kind: NoticeKind, value: number) =>
    IN_MINUTES.includes(kind)
      ? format.duration(value * 60)
      : kind === 'openAboveUsual'
        ? format.percent(value / 100)
        : format.number(value)
  return {
    sentence: ({ kind, threshold }: Told) => t(`rule.${kind}`, { n: amount(kind, threshold) }),
    where({ scope }: Told, places: readonly Words[]) {
      if (scope.of === 'city') return t('rules.whole')
      if (places.length > 0)
        return places.map((words) => inLanguage(words, format.language)).join(', ')
      return t(scope.of === 'district' ? 'rules.eachDistrict' : 'rules.eachOrganization')
    },
    conditions: ({ kind, threshold, recovery, holdMinutes }: Told) => [
      ...(holdMinutes > 0 ? [t('rules.hold', { time: format.duration(holdMinutes * 60) })] : []),
      ...(RECOVERS[kind] && recovery < threshold
        ? [t('rules.recovery', { n: amount(kind, recovery) })]
        : []),
    ],
  }
}
