import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { DeskQueue } from '#server/contract/desk.ts'
import { inLanguage } from '#server/contract/vocabulary.ts'
import { api, queryClient } from '#web/api.ts'
import { useFormat } from '#web/lib/use-format.ts'
import type { Counts, Line } from './desk-page.tsx'

export interface Choice {
  id: string
  label: string
  note?: string
  /** The one that Enter takes. */
  main: boolean
  run: () => void
}

/** Any other than those that are offered, found in the register. */
export interface FreeChoice {
  of: 'buildings' | 'organizations'
  run: (id: string) => void
}

const APPEALS = ['work_request', 'complaint', 'question', 'proposal', 'consultation'] as const

/** What a person can do about a request of this queue, each with one press. */
export function useChoices(row: Line, queue: DeskQueue, onDone: () => void) {
  const { t } = useTranslation(['desk', 'words'])
  const format = useFormat()
  const after = {
    onSuccess: async () => {
      onDone()
      await lessOne(queue)
    },
  }
  const resolve = useMutation(api.intake.resolveAddress.mutationOptions(after))
  const confirm = useMutation(api.intake.confirmIdentity.mutationOptions(after))
  const decline = useMutation(api.intake.declineIdentity.mutationOptions(after))
  const stays = useMutation(api.intake.confirmAddressee.mutationOptions(after))
  const passOn = useMutation(api.intake.passOn.mutationOptions(after))
  // A complaint that was taken stays in the queue until it is answered.
  const take = useMutation(
    api.intake.takeComplaint.mutationOptions({ onSuccess: () => lessOne('unattended') }),
  )
  const { number } = row

  const choicesOf: Record<DeskQueue, () => Choice[]> = {
    addresses: () =>
      row.suggestions.map(({ building, address, score, metres }, index) => ({
        id: building,
        label: inLanguage(address, format.language),
        note: [
          format.percent(score),
          metres === null ? null : t('metres', { n: format.number(metres) }),
        ]
          .filter(Boolean)
          .join(' · '),
        main: index === 0,
        run: () => resolve.mutate({ number, building }),
      })),
    messages: () => [
      ...APPEALS.map((kind, index) => ({
        id: kind,
        label: t('appeal', { kind: t(`words:kind.${kind}`) }),
        main: index === 0,
        run: () => confirm.mutate({ number, kind }),
      })),
      { id: 'decline', label: t('decline'), main: false, run: () => decline.mutate({ number }) },
    ],
    misdirected: () => {
      const { addressee } = row
      const right = { id: 'stays', label: t('stays'), main: false }
      return [
        ...(addressee
          ? [
              {
                id: addressee.id,
                label: t('passOn', { name: addressee.name }),
                main: true,
                run: () => passOn.mutate({ number, organization: addressee.id }),
              },
            ]
          : []),
        { ...right, run: () => stays.mutate({ number }) },
      ]
    },
    complaints: () =>
      row.acknowledgedAt === null && !take.isSuccess
        ? [{ id: 'take', label: t('take'), main: true, run: () => take.mutate({ number }) }]
        : [],
  }
  const free: Partial<Record<DeskQueue, FreeChoice>> = {
    addresses: { of: 'buildings', run: (building) => resolve.mutate({ number, building }) },
    misdirected: {
      of: 'organizations',
      run: (organization) => passOn.mutate({ number, organization }),
    },
  }
  const acts = [resolve, confirm, decline, stays, passOn, take]
  return {
    choices: choicesOf[queue](),
    free: free[queue],
    busy: acts.some(({ isPending }) => isPending),
    failed: acts.some(({ isError }) => isError),
  }
}

/** What was done counts at once; the facts take it in a moment later and are asked again then. */
async function lessOne(count: keyof Counts) {
  const queryKey = api.intake.counts.queryKey()
  await queryClient.cancelQueries({ queryKey })
  queryClient.setQueryData(
    queryKey,
    (known) => known && { ...known, [count]: Math.max(0, known[count] - 1) },
  )
}
