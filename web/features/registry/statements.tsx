import { useTranslation } from 'react-i18next'
import type { Answer } from '#web/api.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { SideScroll } from '#web/ui/side-scroll.tsx'
import text from '#web/ui/text.module.css'
import imports from './import-panel.module.css'
import styles from './statements.module.css'

type Statement = Answer['registry']['building']['statements'][number]

const SHOWN = 40

interface StatementsProps {
  statements: readonly Statement[]
  /** Opens the form that corrects this statement. */
  onCorrect?: (event: string) => void
}

/** What was told, by whom and when it was recorded; what was corrected stays, struck through, with the reason. */
export function Statements({ statements, onCorrect }: StatementsProps) {
  const { t } = useTranslation('registry')
  const format = useFormat()
  return (
    <>
      <SideScroll label={t('statements.title')}>
        <table className={styles.statements}>
          <caption className="visually-hidden">{t('statements.title')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('statements.recorded')}</th>
              <th scope="col">{t('statements.valid')}</th>
              <th scope="col">{t('statements.says')}</th>
              <th scope="col">{t('statements.source')}</th>
            </tr>
          </thead>
          <tbody>
            {statements.slice(0, SHOWN).map((one) => (
              <tr key={one.event}>
                <td>{format.dateTime(one.recordedAt)}</td>
                <td>
                  {one.timeUnknown
                    ? t('statements.by', { date: format.date(one.occurredAt) })
                    : format.date(one.occurredAt)}
                </td>
                <td>
                  <Said one={one} />
                  {one.corrected ? (
                    <p className={imports.reason}>
                      {t('statements.corrected', {
                        date: format.date(one.corrected.recordedAt),
                        reason: one.corrected.reason,
                      })}
                    </p>
                  ) : null}
                  {one.unknown ? <p className={imports.reason}>{t('statements.unknown')}</p> : null}
                  {onCorrect && one.type === 'tenure.changed' && !one.corrected ? (
                    <button
                      type="button"
                      className={text.link}
                      onClick={() => onCorrect(one.event)}
                    >
                      {t('statements.correct')}
                    </button>
                  ) : null}
                </td>
                <td className={text.quiet}>{one.source}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </SideScroll>
      {statements.length > SHOWN ? (
        <p className={text.quiet}>
          {t('statements.more', { n: format.number(statements.length - SHOWN) })}
        </p>
      ) : null}
    </>
  )
}

function Said({ one }: { one: Statement }) {
  const { t } = useTranslation('registry')
  const type = one.type.replace('.', '_') as 'tenure_changed'
  const text = [
    t(`said.${type}`),
    one.organization?.name ?? (one.type === 'tenure.changed' ? t('nobody') : null),
    one.text,
  ]
    .filter(Boolean)
    .join(': ')
  return one.corrected ? <s>{text}</s> : <span>{text}</span>
}
