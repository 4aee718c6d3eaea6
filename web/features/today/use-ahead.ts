import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '#web/api.ts'
import { useFormat } from '#web/lib/use-format.ts'
import type { NotReady, Ready } from './answers.ts'
import type { Scope } from './scope.ts'

/** A back-test that is being counted is asked for again so soon. */
const AGAIN_MS = 1000

export interface AheadState {
  data: Ready | undefined
  /** Why there is nothing, in words; null = it comes. */
  why: string | null
  /** Open now; known as soon as the server answers, with or without a forecast. */
  open: number | null
}

/** The next days and the queue, or why not. */
export function useAhead(scope: Scope): AheadState {
  const { t } = useTranslation('today')
  const format = useFormat()
  const { data, isError } = useQuery({
    ...api.today.ahead.queryOptions(scope),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data?.kind === 'counting' ? AGAIN_MS : false),
  })
  if (data?.kind === 'ready') return { data, why: null, open: data.queue.open }
  const reason = (not: NotReady) =>
    not.kind === 'counting'
      ? t('counting')
      : t(not.none === 'ended' ? 'ended' : 'short', {
          n: format.number(not.days),
          needed: format.number(not.needed),
        })
  return {
    data: undefined,
    why: data ? reason(data) : isError ? t('failed') : null,
    open: data?.open ?? null,
  }
}
