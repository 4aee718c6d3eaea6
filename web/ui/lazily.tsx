import { type ComponentType, lazy } from 'react'
import { useTranslation } from 'react-i18next'
import { isNotCome, piece } from '#web/piece.ts'
import { ErrorState } from './states.tsx'

/** As `lazy`; where the piece does not come it says so in its own place, and the rest of the page lives on. */
// biome-ignore lint/suspicious/noExplicitAny: the props are those of the component, whatever they are
export const lazily = <C extends ComponentType<any>>(load: () => Promise<{ default: C }>) =>
  lazy<ComponentType<React.ComponentProps<C>>>(() =>
    piece(load).catch((cause) => {
      if (!isNotCome(cause)) throw cause
      return { default: NotCome }
    }),
  )

function NotCome() {
  const { t } = useTranslation('shell')
  return (
    <ErrorState
      what={t('error.piece')}
      todo={t('error.pieceTodo')}
      retry={{ label: t('newVersion.act'), run: () => window.location.reload() }}
    />
  )
}
