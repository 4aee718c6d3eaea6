import { useNavigate } from '@tanstack/react-router'
import { useEffect, useEffectEvent } from 'react'
import type { MeasureId } from '#server/contract/measures/shape.ts'
import { measureInSight } from '#web/ui/measure.tsx'
import { PAGES } from './pages.ts'
import { usePages } from './use-pages.ts'

/** The letters of a Russian or Kazakh layout on the same keys. */
const SAME_KEY: Readonly<Record<string, string>> = {
  п: 'g',
  щ: 'o',
  ь: 'm',
  с: 'c',
  и: 'b',
  к: 'r',
  а: 'f',
  в: 'd',
  ц: 'w',
  ы: 's',
  ш: 'i',
  т: 'n',
  у: 'e',
  '.': '/',
  ',': '?',
}

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))

export const focusSearch = () =>
  document.querySelector<HTMLElement>('[data-search]:not([hidden])')?.focus()

/** `Ctrl-K` and `/` search, `g o` goes to the overview and so on, `d` explains the number under the pointer or in focus, `?` lists the keys; in any keyboard layout. */
export function useKeys(onHelp: () => void, onMeasure: (measure: MeasureId) => void) {
  const navigate = useNavigate()
  const pages = usePages()
  const press = useEffectEvent((event: KeyboardEvent, afterG: boolean): boolean => {
    if ((event.ctrlKey || event.metaKey) && event.code === 'KeyK') {
      event.preventDefault()
      focusSearch()
      return false
    }
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return false
    const cyrillic = /\p{Script=Cyrillic}/u.test(event.key) || event.code === 'Slash'
    const typed = event.key.toLowerCase()
    const key = event.key === '?' || event.key === '/' || !cyrillic ? typed : SAME_KEY[typed]
    if (afterG) {
      const page = PAGES.find((known) => known.key === key)
      if (page && pages.includes(page)) void navigate({ to: page.to })
      return false
    }
    if (key === '/') {
      event.preventDefault()
      focusSearch()
    }
    if (key === '?') onHelp()
    const measure = key === 'd' ? measureInSight() : undefined
    if (measure) onMeasure(measure)
    return key === 'g'
  })
  useEffect(() => {
    let afterG = false
    const listen = (event: KeyboardEvent) => {
      afterG = press(event, afterG)
    }
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [])
}
