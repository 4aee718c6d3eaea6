import { useTranslation } from 'react-i18next'
import { PERSONAL, type Refused } from '#server/contract/refusals.ts'
import { useFormat } from './use-format.ts'

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

interface Told {
  message: string
  data?: unknown
}

/** What the server says a refusal is about, beside its sentence. */
function refusedOf({ data: told }: Told): Refused | null {
  const data = isObject(told) ? told.refused : null
  if (!isObject(data)) return null
  if (data.why === 'wait' && typeof data.seconds === 'number')
    return { why: 'wait', seconds: data.seconds }
  const looksLike = PERSONAL.find((known) => known === data.looksLike)
  return data.why === 'personal' && looksLike && typeof data.end === 'string'
    ? { why: 'personal', looksLike, end: data.end }
    : null
}

/** Why an act was refused: in the reader's language where the server says what it is about, otherwise in its own words. */
export function useRefused() {
  const { t } = useTranslation('form')
  const format = useFormat()
  return (error: Told | null): string | undefined => {
    if (!error) return undefined
    const refused = refusedOf(error)
    if (!refused) return error.message
    if (refused.why === 'wait')
      return t('wait', { count: refused.seconds, n: format.number(refused.seconds) })
    return t('personal', { what: t(`looksLike.${refused.looksLike}`), end: refused.end })
  }
}
