import { useCallback, useState } from 'react'
import type { RowSource } from './column.ts'

/** Rows asked for by pages, only those in sight: offsets to ask for, and what was answered put in its place. */
export function usePages<Row>(pageRows: number) {
  const [window, setWindow] = useState({ first: 0, last: 0 })
  const onWindow = useCallback(
    (first: number, last: number) =>
      setWindow((known) =>
        known.first === first && known.last === last ? known : { first, last },
      ),
    [],
  )
  const from = Math.floor(window.first / pageRows)
  const to = Math.floor(window.last / pageRows)
  return {
    offsets: Array.from({ length: to - from + 1 }, (_, index) => (from + index) * pageRows),
    /** `pages` are the answers to `offsets`, undefined for those on their way. */
    source: (
      total: number | undefined,
      pages: readonly (readonly Row[] | undefined)[],
    ): RowSource<Row> => ({
      total,
      at: (index) => pages[Math.floor(index / pageRows) - from]?.[index % pageRows],
      onWindow,
    }),
  }
}
