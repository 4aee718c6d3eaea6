import { useEffect, useState } from 'react'
import type { Ground } from '#server/contract/geometry.ts'
import type { Language } from '#server/contract/vocabulary.ts'
import { piece } from '#web/piece.ts'
import type { GroundLayers } from './ground-archive.ts'

interface Opened {
  of: string
  layers: GroundLayers | null
}

/** The map archive of the city, read only where one is configured; what is wrong with it, and the name of its file, where it cannot be drawn. */
export function useGround(ground: Ground | null | undefined, language: Language) {
  const [opened, setOpened] = useState<Opened | null>(null)
  const address = ground && 'address' in ground ? ground.address : null
  const of = `${address} ${language}`
  useEffect(() => {
    if (address === null) return
    let gone = false
    piece(() => import('./ground-archive.ts'))
      .then(({ openGround }) => openGround(address, language))
      .then(
        (layers) => {
          if (!gone) setOpened({ of, layers })
        },
        () => {
          if (!gone) setOpened({ of, layers: null })
        },
      )
    return () => {
      gone = true
    }
  }, [address, language, of])
  const mine = opened?.of === of ? opened : null
  const fault =
    ground && 'fault' in ground ? ground.fault : mine && mine.layers === null ? 'broken' : null
  return { layers: address === null ? null : (mine?.layers ?? null), fault }
}
