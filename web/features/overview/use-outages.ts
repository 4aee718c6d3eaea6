import { useQuery } from '@tanstack/react-query'
import { api } from '#web/api.ts'
import type { OutageLine } from './answers.ts'

const WHILE_READING_MS = 2000
const NONE: readonly OutageLine[] = []

/** Outages of these districts; none while the server still reads its history. */
export function useOutages(district: readonly string[]): readonly OutageLine[] {
  const { data } = useQuery(
    api.outages.list.queryOptions(undefined, {
      refetchInterval: (query) => (query.state.data?.ready === false ? WHILE_READING_MS : false),
    }),
  )
  if (!data) return NONE
  return district.length === 0
    ? data.lines
    : data.lines.filter(({ districts }) => districts.some((id) => district.includes(id)))
}
