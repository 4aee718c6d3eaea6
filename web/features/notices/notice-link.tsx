import { useRouter } from '@tanstack/react-router'
import type { MouseEvent, ReactNode } from 'react'

interface NoticeLinkProps {
  /** As notice-lines.ts gives it: a path of this product with its search. */
  path: string
  onGo?: () => void
  className?: string | undefined
  children: ReactNode
}

/** The rows behind a notice. The path is made where letters take it from too, so that it is text and no route of this program's types. */
export function NoticeLink({ path, onGo, className, children }: NoticeLinkProps) {
  const { history } = useRouter()
  const go = (event: MouseEvent) => {
    if (event.defaultPrevented || event.button !== 0) return
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    history.push(path)
    onGo?.()
  }
  return (
    <a href={path} onClick={go} className={className}>
      {children}
    </a>
  )
}
