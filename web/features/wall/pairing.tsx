import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { PALETTES } from '#web/ui/theme.ts'
import styles from './pairing.module.css'
import { variables } from './variables.ts'
import wall from './wall.module.css'

/** A screen that nobody has let in yet: the code that an official names, legible from across a room. */
export function Pairing({ code }: { code: string | null }) {
  const { t } = useTranslation('wall')
  return (
    <main className={wall.screen} style={variables(PALETTES.dark)}>
      <div className={wall.stage}>
        <div className={styles.pairing}>
          <h1>{t(code ? 'pairing.title' : 'pairing.looking')}</h1>
          {code ? (
            <>
              <p className={styles.code}>
                <span className="visually-hidden">{[...code].join(' ')}</span>
                <span aria-hidden="true">
                  {code.slice(0, 3)} {code.slice(3)}
                </span>
              </p>
              <p>{t('pairing.text')}</p>
              <p className={styles.desk}>
                <Link to="/screens">{t('pairing.here')}</Link>
              </p>
            </>
          ) : null}
        </div>
      </div>
    </main>
  )
}
