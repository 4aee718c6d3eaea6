import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { RuleDraft } from '#server/contract/notices.ts'
import { api } from '#web/api.ts'
import { serverNow } from '#web/clock.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { useSettled } from '#web/lib/use-settled.ts'
import { Skeleton } from '#web/ui/states.tsx'
import forms from './form.module.css'
import styles from './notices.module.css'
import { useNoticeTexts } from './use-texts.ts'

/** How often the rule would have fired in the last 30 days, told with what that rests on. */
export function RulePreview({ draft }: { draft: RuleDraft }) {
  const { t } = useTranslation('notices')
  const format = useFormat()
  const { textOf } = useNoticeTexts()
  // Whom it tells and what it is called change nothing of what it finds.
  const drafted = JSON.stringify({ ...draft, recipients: [], name: '' })
  const asked = useSettled(drafted, 500)
  const input: RuleDraft = JSON.parse(asked)
  const valid = RuleDraft.safeParse(draft).success && RuleDraft.safeParse(input).success
  const { data, isError, isPlaceholderData } = useQuery(
    api.notices.preview.queryOptions(input, {
      enabled: valid,
      meta: { live: false },
      staleTime: 60_000,
      placeholderData: keepPreviousData,
      retry: false,
    }),
  )
  /** What stands there is of the rule as it was before the last change. */
  const stale = drafted !== asked || isPlaceholderData
  return (
    <section className={forms.preview} aria-label={t('preview.title')} aria-busy={stale}>
      <h3>{t('preview.title')}</h3>
      {!valid ? (
        <p>{t('preview.failed')}</p>
      ) : isError ? (
        <p role="alert">{t('preview.failed')}</p>
      ) : !data ? (
        <Skeleton height={44} />
      ) : data.unknown ? (
        <p>{t('preview.unknown')}</p>
      ) : (
        <>
          <p role="status">
            <b>
              {stale
                ? t('preview.again')
                : data.times === 0
                  ? t('preview.never')
                  : t('preview.times', { count: data.times, n: format.number(data.times) })}
            </b>{' '}
            {stale ? null : t(`preview.grain.${data.grain}`)}
          </p>
          {data.firings.length > 0 ? (
            <ul className={stale ? forms.stale : undefined}>
              {data.firings.slice(0, 5).map(({ firedAt, overAt, evidence }) => {
                const { details } = textOf({ kind: draft.kind, evidence })
                return (
                  <li key={`${firedAt} ${evidence.request} ${evidence.source?.id} ${details[0]}`}>
                    <b>{format.when(firedAt, serverNow())}</b>{' '}
                    {overAt === null
                      ? t('preview.still')
                      : t('now.lasted', { time: format.duration((overAt - firedAt) / 1000) })}
                    {details[0] ? ` · ${details[0]}` : null}
                  </li>
                )
              })}
            </ul>
          ) : null}
          {data.times > 5 ? (
            <p className={styles.note}>{t('preview.more', { n: format.number(5) })}</p>
          ) : null}
        </>
      )}
    </section>
  )
}
