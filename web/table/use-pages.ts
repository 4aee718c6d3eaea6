import { type QueryKey, type UseQueryOptions, useQueries } from '@tanstack/react-query'
import { useCallback, useState } from 'react'
import type { RowSource } from './column.ts'

interface Options<Row> {
  total: number | undefined
  pageRows: number
  /** The question for the rows from `offset` on. */
  page: (offset: number) => UseQueryOptions<readonly Row[], Error, readonly Row[], QueryKey>
}

export interface PagedRows<Row> extends RowSource<Row> {
  error: Error | null
}

/** Rows by pages, only those in sight and their neighbours. */
export function usePages<Row>({ total, pageRows, page }: Options<Row>): PagedRows<Row> {
  const [window, setWindow] = useState({ first: 0, last: 0 })
  const [from, to] = [Math.floor(window.first / pageRows), Math.floor(window.last / pageRows)]
  const pages = Array.from({ length: to - from + 1 }, (_, index) => from + index)
  const answers = useQueries({ queries: pages.map((index) => page(index * pageRows)) })
  const onWindow = useCallback(
    (first: number, last: number) =>
      setWindow((known) =>
        known.first === first && known.last === last ? known : { first, last },
      ),
    [],
  )
  return {
    total,
    at: (index) => answers[Math.floor(index / pageRows) - from]?.data?.[index % pageRows],
    onWindow,
    error: answers.find((answer) => answer.error)?.error ?? null,
  }
}
