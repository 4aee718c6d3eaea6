import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useNamed } from '#web/lib/page-name.ts'
import { ErrorState, Skeleton } from '#web/ui/states.tsx'
import { StatusShape } from '#web/ui/status-shape.tsx'
import styles from './dossier.module.css'
import { Downloads, sectionOf, useDossier } from './dossier-panel.tsx'
import { type Dossier, SectionView, Spans } from './dossier-view.tsx'

/** The first sheet of a dossier as it is printed, and its tables after it; the lists of numbers are in the file. */
export function DossierPage({ flag }: { flag: string }) {
  const { t } = useTranslation('flags')
  const answer = useDossier(flag)
  useNamed(answer.data?.dossier.subject)
  if (answer.isError && !answer.data)
    return (
      <div className={styles.desk}>
        <ErrorState
          what={t('dossier.failed')}
          todo={t('failedTodo')}
          retry={{ label: t('retry'), run: () => void answer.refetch() }}
        />
      </div>
    )
  return (
    <div className={styles.desk}>
      <p className={styles.tools}>
        <Link to="/flags/$flag" params={{ flag }}>
          {t('dossier.back')}
        </Link>
        <button type="button" onClick={() => window.print()}>
          {t('dossier.print')}
        </button>
        <Downloads flag={flag} />
      </p>
      {answer.data ? (
        <Sheets dossier={answer.data.dossier} hash={answer.data.hash} />
      ) : (
        <Skeleton height={1123} />
      )}
    </div>
  )
}

function Sheets({ dossier, hash }: { dossier: Dossier; hash: string }) {
  const section = sectionOf(dossier)
  const part = (id: Parameters<typeof section>[0], only?: (index: number) => boolean) => {
    const found = section(id)
    if (!found) return null
    return <SectionView section={found} {...(only && { only: (_, index) => only(index) })} />
  }
  const [first, second] = [running(dossier, 1), running(dossier, 2)]
  return (
    <>
      <article className={styles.paper} lang={dossier.language}>
        {first}
        <h1>
          {dossier.title}.
          <br />
          {dossier.subject}
        </h1>
        <p className={styles.notice} data-level={dossier.level}>
          {dossier.level === 'none' ? null : <StatusShape kind={dossier.level} />}
          <span>
            <Spans spans={dossier.notice} />
          </span>
        </p>
        {section('summary') ? (
          <SectionView section={section('summary') as Dossier['sections'][number]} bare />
        ) : null}
        <hr className={styles.rule} />
        <div className={styles.pair}>
          {part('figures', (i) => i === 0)}
          {part('peers')}
        </div>
        <hr className={styles.rule} />
        <div className={styles.pair}>
          {part('quarters')}
          {part('sensitivity', (i) => i < 2)}
        </div>
        <hr className={styles.rule} />
        {part('reply')}
        <dl className={styles.foot}>
          {dossier.foot.map(({ title, lines }) => (
            <div key={title}>
              <dt>{title}</dt>
              <dd>{lines.length > 0 ? lines.join('; ') : null}</dd>
            </div>
          ))}
        </dl>
      </article>
      <article className={styles.paper} lang={dossier.language}>
        {second}
        {part('sensitivity', (i) => i >= 2)}
        {part('categories')}
        {part('buildings')}
        {part('norms')}
        {part('method')}
        {part('hashes')}
        {part('limits')}
        {part('group')}
        <p className={styles.note}>sha256 {hash}</p>
      </article>
    </>
  )
}

const running = ({ running }: Dossier, page: number) => (
  <header className={styles.running}>
    <span>
      <strong>{running.city}</strong>, {running.office}
    </span>
    <span>{running.number}</span>
    <span>{page}</span>
  </header>
)
