import { useEffect, useEffectEvent, useRef, useState } from 'react'

const STEP: Readonly<Record<string, number>> = { KeyJ: 1, KeyK: -1 }

/** `j` and `k` go through the rows, `1`–`9` press a row's choice, Enter its first one; by the keys, not by their letters. */
export function useDeskKeys(rows: readonly { number: string }[]) {
  const list = useRef<HTMLOListElement>(null)
  const [chosen, select] = useState<string | null>(null)
  const at = Math.max(
    0,
    rows.findIndex(({ number }) => number === chosen),
  )
  const selected = rows[at]?.number ?? null
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const { target } = event
    if (target instanceof HTMLElement && /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName)) return
    const step = STEP[event.code]
    const row = list.current?.children[at]
    if (step) {
      const next = rows[Math.max(0, Math.min(rows.length - 1, at + step))]
      if (next) select(next.number)
      list.current?.children[Math.max(0, Math.min(rows.length - 1, at + step))]?.scrollIntoView({
        block: 'nearest',
      })
      return
    }
    const onControl = target instanceof HTMLElement && /^(A|BUTTON)$/.test(target.tagName)
    const choice =
      event.key === 'Enter' && !onControl ? 1 : Number(/^Digit([1-9])$/.exec(event.code)?.[1])
    row?.querySelectorAll<HTMLButtonElement>('button[data-choice]')[choice - 1]?.click()
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => press(event)
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [])
  return { list, selected, select }
}
