import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { KEPT_DAYS, SCENES, USUAL_SETTING } from '#server/contract/screens.ts'
import { inLanguage } from '#server/contract/vocabulary.ts'
import { type Answer, api, queryClient } from '#web/api.ts'
import { isUnknown } from '#web/lib/refused.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { useRefused } from '#web/lib/use-refused.ts'
import buttons from '#web/ui/button.module.css'
import { Panel } from '#web/ui/panel.tsx'
import { Sentence } from '#web/ui/sentence.tsx'
import { EmptyState, ErrorState, Skeleton } from '#web/ui/states.tsx'
import { StatusShape } from '#web/ui/status-shape.tsx'
import { SureButton } from '#web/ui/sure-button.tsx'
import { ScreenForm } from './screen-form.tsx'
import styles from './screens.module.css'

type Screen = Answer['screens']['roster'][number]

/** The screens on walls: which there are, whether they live, what each shows. One that shows a code is let in here. */
export function ScreensPage() {
  const { t } = useTranslation('screens')
  const format = useFormat()
  const answer = useQuery(api.screens.roster.queryOptions(undefined, { refetchInterval: 15_000 }))
  const [changing, setChanging] = useState<string | null>(null)
  const [welcomed, setWelcomed] = useState<Pick<Screen, 'id' | 'name'> | null>(null)
  const said = (id: string) => setWelcomed((known) => (known?.id === id ? null : known))
  const roster = answer.data
  const standing = roster?.filter(({ revokedAt }) => revokedAt === null) ?? []
  const away = standing.filter((screen) => screen.away).length
  const awaited = standing.some((screen) => screen.seenAt === null)
  return (
    <div className={styles.page}>
      <Sentence>
        {!roster || standing.length === 0
          ? t('sentence.none')
          : t(`sentence.${away > 0 ? 'away' : awaited ? 'awaited' : 'alive'}`, {
              count: standing.length,
              n: format.number(standing.length),
              away: format.number(away),
            })}
      </Sentence>
      <div className={styles.panels}>
        <Panel title={t('roster.title')} note={t('roster.note')}>
          {answer.isError && !roster ? (
            <ErrorState
              what={t('failed')}
              todo={t('failedTodo')}
              retry={{ label: t('retry'), run: () => void answer.refetch() }}
            />
          ) : !roster ? (
            <Skeleton height={160} />
          ) : roster.length === 0 ? (
            <EmptyState what={t('roster.none')} todo={t('roster.noneTodo')} />
          ) : (
            <ul className={styles.rows}>
              {roster.map((screen) => (
                <li key={screen.id} data-revoked={screen.revokedAt !== null || undefined}>
                  <ScreenRow
                    screen={screen}
                    onChange={() => {
                      said(screen.id)
                      setChanging(screen.id)
                    }}
                    onRevoked={() => said(screen.id)}
                  />
                  {changing === screen.id ? (
                    <Changing screen={screen} onDone={() => setChanging(null)} />
                  ) : null}
                </li>
              ))}
            </ul>
          )}
          <p className={styles.kept}>{t('roster.revoking')}</p>
          <p className={styles.kept}>
            {t('roster.kept', {
              revoked: format.number(KEPT_DAYS.revoked),
              neverHeard: format.number(KEPT_DAYS.neverHeard),
              silent: format.number(KEPT_DAYS.silent),
            })}
          </p>
        </Panel>
        <div className={styles.aside}>
          <LetIn welcomed={welcomed?.name ?? null} onWelcome={setWelcomed} />
          <Panel title={t('look.title')} note={t('look.note')}>
            <ul className={styles.looks}>
              {USUAL_SETTING.scenes.map(({ scene }) => (
                <li key={scene}>
                  <Link to="/wall" search={{ scene: SCENES.indexOf(scene) + 1 }}>
                    {t(`scene.${scene}`)}
                  </Link>
                </li>
              ))}
            </ul>
          </Panel>
        </div>
      </div>
    </div>
  )
}

interface ScreenRowProps {
  screen: Screen
  onChange: () => void
  onRevoked: () => void
}

function ScreenRow({ screen, onChange, onRevoked }: ScreenRowProps) {
  const { t } = useTranslation(['screens', 'words'])
  const format = useFormat()
  const revoke = useMutation({
    ...api.screens.revoke.mutationOptions(),
    onSuccess: () => {
      onRevoked()
      return queryClient.invalidateQueries()
    },
  })
  const district = useDistricts().find(({ id }) => id === screen.setting.district)
  const { name, setting, seenAt, revokedAt, shows, away } = screen
  const state =
    revokedAt !== null
      ? t('revoked', { time: format.dateTime(revokedAt) })
      : seenAt === null
        ? t(away ? 'never' : 'awaited')
        : away
          ? t('awaySince', { time: format.dateTime(seenAt) })
          : shows
            ? t('alive', { scene: t(`scene.${shows as (typeof SCENES)[number]}`) })
            : t('aliveOnly')
  return (
    <div className={styles.row}>
      <span className={styles.name}>
        {revokedAt === null && away ? <StatusShape kind="watch" size={12} /> : null}
        {name}
      </span>
      <span className={styles.state}>{state}</span>
      <span className={styles.setting}>
        {[
          district ? inLanguage(district.name, format.language) : t('form.wholeCity'),
          setting.scenes
            .map(({ scene, seconds }) =>
              t('sceneFor', { scene: t(`scene.${scene}`), n: format.number(seconds) }),
            )
            .join(', '),
          setting.languages.map((language) => t(`language.${language}`)).join(', '),
          t(`scheme.${setting.scheme}`),
        ].join(' · ')}
      </span>
      {revokedAt === null ? (
        <span className={styles.acts}>
          <button type="button" className={buttons.button} onClick={onChange}>
            {t('change')}
          </button>
          <SureButton
            label={t('revoke')}
            sure={t('revokeSure')}
            disabled={revoke.isPending}
            onSure={() => revoke.mutate({ id: screen.id })}
          />
        </span>
      ) : null}
    </div>
  )
}

/** What the form says of an act that was refused. */
function useNotDone() {
  const { t } = useTranslation('form')
  const whyRefused = useRefused()
  return (error: Parameters<typeof whyRefused>[0]) => {
    const why = whyRefused(error)
    return why === undefined ? undefined : t('refused', { why })
  }
}

const useDistricts = () => useQuery(api.shell.place.queryOptions()).data?.districts ?? []

function Changing({ screen, onDone }: { screen: Screen; onDone: () => void }) {
  const { t } = useTranslation('screens')
  const districts = useDistricts()
  const notDone = useNotDone()
  const act = useMutation({
    ...api.screens.change.mutationOptions(),
    onSuccess: async () => {
      await queryClient.invalidateQueries()
      onDone()
    },
  })
  return (
    <ScreenForm
      label={t('changeTitle', { name: screen.name })}
      act={t('save')}
      called={screen}
      districts={districts}
      busy={act.isPending}
      refused={notDone(act.error)}
      onCancel={onDone}
      onSubmit={(called) => act.mutate({ id: screen.id, ...called })}
    />
  )
}

interface LetInProps {
  /** What the screen that was let in last is called, until it is changed. */
  welcomed: string | null
  onWelcome: (screen: Pick<Screen, 'id' | 'name'>) => void
}

function LetIn({ welcomed, onWelcome }: LetInProps) {
  const { t } = useTranslation('screens')
  const [times, setTimes] = useState(0)
  const districts = useDistricts()
  const notDone = useNotDone()
  const act = useMutation({
    ...api.screens.approve.mutationOptions(),
    onSuccess: async (screen) => {
      await queryClient.invalidateQueries()
      setTimes(times + 1)
      onWelcome(screen)
    },
  })
  return (
    <Panel title={t('letIn.title')} note={t('letIn.note')}>
      <ScreenForm
        key={times}
        label={t('letIn.title')}
        act={t('letIn.act')}
        withCode
        districts={districts}
        called={{ name: '', setting: USUAL_SETTING }}
        busy={act.isPending}
        refused={isUnknown(act.error) ? t('letIn.refused') : notDone(act.error)}
        onSubmit={({ code, ...called }) => act.mutate({ code: code.replace(/\s/g, ''), ...called })}
      />
      <p role="status" className={styles.done}>
        {welcomed === null ? '' : t('letIn.done', { name: welcomed })}
      </p>
    </Panel>
  )
}
