import { useSyncExternalStore } from 'react'

const NARROW = '(max-width: 700px)'

const subscribe = (changed: () => void) => {
  const query = matchMedia(NARROW)
  query.addEventListener('change', changed)
  return () => query.removeEventListener('change', changed)
}

/** A phone: tables become cards. */
export const useNarrow = () => useSyncExternalStore(subscribe, () => matchMedia(NARROW).matches)
