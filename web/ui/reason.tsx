import { useTranslation } from 'react-i18next'
import { reasonOf } from '#server/contract/import-reasons.ts'

/** Why something was not taken, in the language of the page; what has no words in it stays as the server tells it. */
export function Reason({ told }: { told: string }) {
  const { t } = useTranslation('reasons')
  const found = reasonOf(told)
  if (!found) return <span lang="en">{told}</span>
  const { code, params } = found
  const { why } = params
  const inner = why === undefined ? undefined : reasonOf(why)
  // A reason may name the reason of a row, which has words of its own.
  const words = inner ? t(inner.code, inner.params) : why
  return <span>{t(code, { ...params, ...(words !== undefined && { why: words }) })}</span>
}
