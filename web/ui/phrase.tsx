import { Fragment, type ReactNode } from 'react'

interface PhraseProps {
  /** Parts in square brackets are given to the links in turn: «Открыто [1 240 заявок]». */
  text: string
  links: readonly ((text: string) => ReactNode)[]
}

export function Phrase({ text, links }: PhraseProps) {
  const parts = text.split(/\[([^\]]*)\]/)
  return parts.map((part, at) => {
    const link = at % 2 === 1 ? links[(at - 1) / 2] : undefined
    // biome-ignore lint/suspicious/noArrayIndexKey: the place in the sentence is what the part is
    return <Fragment key={at}>{link ? link(part) : part}</Fragment>
  })
}
