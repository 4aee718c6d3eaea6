import { useId } from 'react'

/** 45°, 1 px lines 6 px apart: a period that is not mature, or a forecast. */
export function useHatch(colour: string) {
  const id = `hatch${useId().replaceAll(/[^a-zA-Z0-9]/g, '')}`
  const pattern = (
    <pattern
      id={id}
      width="6"
      height="6"
      patternUnits="userSpaceOnUse"
      patternTransform="rotate(45)"
    >
      <path d="M0.5 0V6" stroke={colour} strokeWidth="1" fill="none" />
    </pattern>
  )
  return { pattern, fill: `url(#${id})` }
}
