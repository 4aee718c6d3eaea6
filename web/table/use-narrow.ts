import { useMedia } from '#web/ui/use-media.ts'

/** A phone: tables become cards. */
export const useNarrow = () => useMedia('(max-width: 700px)')
