import { useTranslation } from 'react-i18next'
import { useFormat } from '#web/lib/use-format.ts'
import { Citations, Verified } from '#web/ui/norm.tsx'
import { type Pack, saidOf } from './found.ts'
import styles from './norms.module.css'

/** What the law says beside the clocks of requests. */
export function Rules({ packs }: { packs: readonly Pack[] }) {
  const { t } = useTranslation('norms')
  const { language } = useFormat()
  const rules = packs.flatMap((pack) => pack.rules.map((rule) => ({ pack, rule })))
  if (rules.length === 0) return null
  return (
    <section className={styles.pack} aria-labelledby="rules">
      <h2 id="rules">{t('rules')}</h2>
      <dl className={styles.rules}>
        {rules.map(({ pack, rule }) => (
          <div key={`${pack.id} ${rule.id}`}>
            <dt>{saidOf(rule.name, language)}</dt>
            <dd>
              <p>{saidOf(rule.text, language)}</p>
              <Citations citations={rule.citations} />
              <Verified verified={rule.verified} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
