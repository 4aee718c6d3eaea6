import type { ReactNode } from 'react'
import type { MeasureId } from '#server/contract/measures/shape.ts'
import { Figure } from './figure.tsx'
import { MeasureInfo, shows } from './measure.tsx'
import styles from './tile.module.css'

interface TileProps {
  label: ReactNode
  /** Of the dictionary. */
  measure?: MeasureId
  /** What the measure means, on hover. */
  definition?: string
  figure: ReactNode
  unit?: string
  /** The figure has more than six characters. */
  long?: boolean
  /** 14 px high. */
  strip?: ReactNode
  /** At most two lines. */
  children?: ReactNode
}

export function Tile({
  label,
  measure,
  definition,
  figure,
  unit,
  long = false,
  strip,
  children,
}: TileProps) {
  return (
    <div className={styles.tile} {...shows(measure)}>
      <h2 className={styles.label} title={definition}>
        {label}
        {measure ? <MeasureInfo measure={measure} /> : null}
      </h2>
      <Figure value={figure} long={long} {...(unit && { unit })} />
      {strip === undefined ? null : <div className={styles.strip}>{strip}</div>}
      {children}
    </div>
  )
}

/** Tiles that belong together share one panel. */
export function TileGroup({ className, children }: { className?: string; children: ReactNode }) {
  return <section className={`${styles.group} ${className ?? ''}`}>{children}</section>
}
