import { useEffect, useSyncExternalStore } from 'react'

let shown: string | null = null
const readers = new Set<() => void>()

function show(name: string | null) {
  shown = name
  for (const reader of readers) reader()
}

/** Which one of many alike is on the page, once it is known: its address, number or name. */
export function useNamed(name: string | undefined) {
  useEffect(() => {
    if (name === undefined) return
    show(name)
    return () => show(null)
  }, [name])
}

export const usePageName = () =>
  useSyncExternalStore(
    (reader) => {
      readers.add(reader)
      return () => readers.delete(reader)
    },
    () => shown,
  )
