import type { PolicyFile } from '#server/domain/policy/policy-file.ts'

export type Policy = PolicyFile & {
  /** SHA-256 of its canonical JSON, hexadecimal. */
  hash: string
  /** The local day on which it was first seen, where that is after `validFrom`: it holds for periods that begin from then on. */
  lateOn?: string
}

export interface PolicyBook {
  /** In the order of the days from which they hold. */
  all: readonly Policy[]
  /**
   * The policy for a period that begins on a local day `YYYY-MM-DD`. `inForce` is false where none was in force then: figures
   * are still shown by the oldest, but nobody is flagged by it.
   */
  of(periodFrom: string): { policy: Policy; inForce: boolean }
}

export function policyBook(policies: readonly Policy[]): PolicyBook {
  const all = policies.toSorted((a, b) =>
    a.validFrom === b.validFrom ? a.version - b.version : a.validFrom < b.validFrom ? -1 : 1,
  )
  return {
    all,
    of(periodFrom) {
      const policy = all.findLast(
        ({ validFrom, lateOn }) => validFrom <= periodFrom && (!lateOn || lateOn <= periodFrom),
      )
      const [oldest] = all
      if (!oldest) throw new Error('no policy is known, not even the one that is shipped')
      return { policy: policy ?? oldest, inForce: policy !== undefined }
    },
  }
}
