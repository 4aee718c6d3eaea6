/** From which local day of registration on the commits have changed rows of requests. */
export interface Changes {
  /** `from`: the earliest day among the rows written or removed, days since 1970-01-01; Infinity where there were none. */
  note(revision: number, from: number): void
  /** The earliest day of a row written or removed since that revision; Infinity where there was none. */
  changedFrom(revision: number): number
}

export function createChanges(): Changes {
  // Both ascend: of commits followed by one that reaches further back only that one matters.
  const commits: { revision: number; from: number }[] = []
  return {
    note(revision, from) {
      if (from === Number.POSITIVE_INFINITY) return
      for (let last = commits.at(-1); last && last.from >= from; last = commits.at(-1))
        commits.pop()
      commits.push({ revision, from })
    },
    changedFrom: (revision) =>
      commits.find((commit) => commit.revision > revision)?.from ?? Number.POSITIVE_INFINITY,
  }
}
