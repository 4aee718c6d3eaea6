import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { inLanguage } from '#server/contract/vocabulary.ts'
import { api } from '#web/api.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { useSettled } from '#web/lib/use-settled.ts'
import { Choose, type Offer } from '#web/ui/choose.tsx'

interface ChooseNamedProps {
  of: 'buildings' | 'organizations'
  label: string
  chosen: Offer | null
  onChoose: (offer: Offer | null) => void
  required?: boolean
  focus?: boolean
  onLeave?: () => void
}

/** A house or an organization of the register, found by a part of its name or address. */
export function ChooseNamed({ of, ...props }: ChooseNamedProps) {
  const { t } = useTranslation('shell')
  const format = useFormat()
  const [text, setText] = useState('')
  const typed = text.trim()
  const asked = useSettled(typed, 150)
  const { data, isError } = useQuery(
    api.shell.search.queryOptions(
      { text: asked, of },
      {
        enabled: asked.length > 0,
        placeholderData: keepPreviousData,
        staleTime: 10_000,
        meta: { live: false },
      },
    ),
  )
  const offers = (): Offer[] | undefined => {
    if (asked !== typed || (!data && !isError)) return undefined
    if (!data) return []
    return of === 'buildings'
      ? data.buildings
          .filter(({ gone }) => !gone)
          .map(({ id, address, district }) => ({
            id,
            name: inLanguage(address, format.language),
            place: district ? inLanguage(district, format.language) : undefined,
          }))
      : data.organizations.map(({ id, name }) => ({ id, name, note: id }))
  }
  return (
    <Choose
      {...props}
      text={text}
      onText={setText}
      offers={offers()}
      nothing={t(isError ? 'search.failed' : `search.none.${of}`)}
      found={(n) => t('search.found', { n: format.number(n) })}
      unchosen={t('search.unchosen')}
    />
  )
}
