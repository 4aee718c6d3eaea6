import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#web/lib/use-format.ts'
import type { Outages } from './answers.ts'
import styles from './outages.module.css'

/** How many of what, each number a way to its cards. */
export function PageSentence({ outages: { lines, ready } }: { outages: Outages }) {
  const { t } = useTranslation('outages')
  const format = useFormat()
  const of = (state: 'suspected' | 'in_force') =>
    lines.filter((line) => line.state === state).length
  const [suspected, inForce] = [of('suspected'), of('in_force')]
  if (!ready && inForce === 0) return t('sentence.reading')
  if (suspected + inForce === 0) return t('sentence.none')
  const parts = [
    suspected > 0
      ? {
          to: 'suspected',
          text: t('sentence.suspected', { count: suspected, n: format.number(suspected) }),
        }
      : null,
    inForce > 0
      ? {
          to: 'in_force',
          text: t('sentence.inForce', { count: inForce, n: format.number(inForce) }),
        }
      : null,
  ].filter((part) => part !== null)
  return parts.map(({ to, text }) => {
    const [before, number, after] = text.split(/[[\]]/)
    return (
      <Fragment key={to}>
        {before}
        <a href={`#${to}`} className={styles.number}>
          {number}
        </a>
        {after}.{' '}
      </Fragment>
    )
  })
}
