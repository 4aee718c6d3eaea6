/** A text as it stands on a wall, in screen pixels. */
export interface Legible {
  text: string
  /** Of the font, as computed. */
  size: number
  /** Figures that must be read from five metres. */
  key: boolean
}
export interface Legibility {
  texts: Legible[]
  /** Texts that leave the screen or are cut by their box. */
  cut: string[]
  /** Pairs of texts whose letters touch. */
  touching: string[]
}

/** Runs in the page: every text of the scene that stands, of the banner and of the footer. */
export function readWall(): Legibility {
  const main = document.querySelector('main')
  if (!main) return { texts: [], cut: ['there is no wall'], touching: [] }
  const screen = main.getBoundingClientRect()
  const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT)
  const found: { text: string; size: number; key: boolean; box: DOMRect; of: Element }[] = []
  const cut: string[] = []
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement
    const text = (node.textContent ?? '').trim()
    if (!text || !parent || parent.closest('.visually-hidden, title, canvas')) continue
    const scene = parent.closest('section[data-scene]')
    if (scene && scene.getAttribute('data-on') !== 'true') continue
    const style = getComputedStyle(parent)
    if (style.visibility === 'hidden' || style.display === 'none') continue
    // A box may leave out what has no room.
    const isLeftOut = (inner: DOMRect) => {
      for (let at: Element | null = parent; at && at !== main; at = at.parentElement) {
        const outer = at.getBoundingClientRect()
        if (getComputedStyle(at).overflow === 'hidden' && inner.top >= outer.bottom - 2) return true
      }
      return false
    }
    const range = document.createRange()
    range.selectNodeContents(node)
    const box = range.getBoundingClientRect()
    if (box.width === 0 || isLeftOut(box)) continue
    const drawn = parent instanceof SVGGraphicsElement ? (parent.getScreenCTM()?.a ?? 1) : 1
    const size = Number.parseFloat(style.fontSize) * drawn
    found.push({ text, size, box, key: parent.closest('[data-key-figure]') !== null, of: parent })
    const isOut =
      box.left < screen.left - 1 || box.right > screen.right + 1 || box.bottom > screen.bottom + 1
    let clipped = false
    for (let at: Element | null = parent; at && at !== main; at = at.parentElement)
      if (at instanceof HTMLElement && getComputedStyle(at).overflow === 'hidden')
        clipped ||= at.scrollWidth > at.clientWidth + 1
    if (isOut || clipped) cut.push(text)
  }
  // Letters stand between the ascent and the descent of their box.
  const ink = ({ top, height }: DOMRect) => ({
    top: top + height * 0.26,
    bottom: top + height * 0.76,
  })
  const touching: string[] = []
  found.forEach((one, i) => {
    for (const other of found.slice(i + 1)) {
      const across =
        Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left)
      const [a, b] = [ink(one.box), ink(other.box)]
      const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)
      if (across > 1 && down > 1) touching.push(`${one.text} | ${other.text}`)
    }
  })
  return { texts: found.map(({ text, size, key }) => ({ text, size, key })), cut, touching }
}
