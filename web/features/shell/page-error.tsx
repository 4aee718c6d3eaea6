import { type ErrorComponentProps, Link, useRouter } from '@tanstack/react-router'
import { TRPCClientError } from '@trpc/client'
import { useEffect, useEffectEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { beginAnew } from '#web/alive.ts'
import { isNotCome } from '#web/piece.ts'
import { Sentence } from '#web/ui/sentence.tsx'
import { ErrorState } from '#web/ui/states.tsx'
import styles from './page-error.module.css'

/** A server that starts or restarts answers again without a hand. */
const RETRY_MS = 3000

/** A page that failed: what, what to do, and again. A Refusal of the server says both itself. */
export function PageError({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation('shell')
  const router = useRouter()
  const told = refusalOf(error)
  const notCome = isNotCome(error)
  const offline = notCome || (error instanceof TRPCClientError && told === null)
  const again = () => {
    if (notCome) return window.location.reload()
    reset()
    void router.invalidate()
  }
  const retry = useEffectEvent(again)
  // biome-ignore lint/correctness/useExhaustiveDependencies: each failure is a new error and is tried again
  useEffect(() => {
    if (notCome) return beginAnew()
    if (!offline) return
    const timer = setTimeout(() => retry(), RETRY_MS)
    return () => clearTimeout(timer)
  }, [offline, notCome, error])
  return (
    <div className={styles.page}>
      <ErrorState
        what={t(offline ? 'error.offline' : 'error.what')}
        todo={told ?? t(offline ? 'error.offlineTodo' : 'error.todo')}
        retry={{ label: t('error.retry'), run: again }}
      />
    </div>
  )
}

export function NotFound() {
  const { t } = useTranslation('shell')
  return (
    <div className={styles.page}>
      <Sentence>{t('error.notFound')}</Sentence>
      <p>{t('error.notFoundTodo')}</p>
      <Link to="/">{t('error.home')}</Link>
    </div>
  )
}

/** What the server wants the reader to know; an internal error says nothing. */
function refusalOf(error: unknown): string | null {
  if (!(error instanceof TRPCClientError)) return null
  const code: unknown = error.data?.code
  return typeof code === 'string' && code !== 'INTERNAL_SERVER_ERROR' ? error.message : null
}
