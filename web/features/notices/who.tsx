import { createContext, type ReactNode, use, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import fields from '#web/ui/field.module.css'
import styles from './notices.module.css'

const KEPT = 'who'
const SHORTEST = 2

interface Signing {
  /** Runs the act under the name of who sits here; asks for the name first where there is none. */
  sign: (act: (by: string) => void) => void
}
const SigningContext = createContext<Signing>({ sign: () => {} })
export const useSigning = () => use(SigningContext)

/** There is no login: whoever acts here says who they are, and this browser remembers it. */
export function SignedBy({ above, children }: { above: ReactNode; children: ReactNode }) {
  const { t } = useTranslation('notices')
  const [who, setWho] = useState(() => localStorage.getItem(KEPT) ?? '')
  const [missing, setMissing] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const signing = useMemo<Signing>(
    () => ({
      sign(act) {
        const name = who.trim()
        setMissing(name.length < SHORTEST)
        if (name.length >= SHORTEST) return act(name)
        input.current?.focus()
      },
    }),
    [who],
  )
  return (
    <SigningContext value={signing}>
      <div className={styles.head}>
        {above}
        <div className={styles.who}>
          <label className={fields.field}>
            {t('who.label')}
            <input
              ref={input}
              value={who}
              maxLength={80}
              placeholder={t('who.placeholder')}
              autoComplete="off"
              aria-invalid={missing || undefined}
              onChange={(event) => {
                setWho(event.target.value)
                localStorage.setItem(KEPT, event.target.value)
                setMissing(false)
              }}
            />
          </label>
          {missing ? (
            <p className={styles.refused} role="alert">
              {t('who.missing')}
            </p>
          ) : null}
        </div>
      </div>
      {children}
    </SigningContext>
  )
}
