import { type NoticesEnvironment, SettingError } from '#server/config.ts'
import { localClock } from '#server/domain/local-time.ts'
import type { Chance } from '#server/stats/random.ts'
import { createCourier } from './courier.ts'
import { openDatabase } from './database.ts'
import { look } from './look.ts'
import { mailSender } from './mail.ts'
import { keepNotices, type NoticesKept } from './notices-kept.ts'
import { observe, type World } from './observe.ts'
import { keepOutbox, type Outbox } from './outbox.ts'
import { createResting } from './resting.ts'
import { keepRules, type RulesKept } from './rules-kept.ts'
import type { Senders } from './sender.ts'
import { type NoticesSettings, readNoticesSettings } from './settings.ts'
import { telegramSender } from './telegram.ts'
import { USUAL_RULES } from './usual-rules.ts'
import { webhookSender } from './webhook.ts'

export interface Notices {
  rules: RulesKept
  kept: NoticesKept
  outbox: Outbox
  /** What the operator set; throws SettingError. */
  settings(): NoticesSettings
  /** UTC ms; goes on even where the city's clock is pinned, because letters and people do. */
  now(): number
  /** Grows when something began, is over, or was acknowledged. */
  revision(): number
  /** Somebody changed something at a screen: it is looked at again and sent at once. */
  touch(): Promise<void>
  counts(): Readonly<Record<'attempts', ReadonlyMap<string, number>>>
  /** What is wrong with the ways out; the city is shown all the same. */
  faults(): string[]
}

export interface NoticesRunning extends Notices {
  /** Looks at the city from now on. */
  start(world: World): void
  stop(): Promise<void>
}

export interface NoticesOptions {
  /** Of the state; `:memory:` for a test. */
  file: string
  dataDir: string
  zone: string
  city: string
  environment: NoticesEnvironment
  /** The city's clock. */
  now: () => number
  pinned?: boolean
  /** Milliseconds that only grow. */
  clock: () => number
  chance: Chance
  newId: () => string
  report: (where: string, cause: unknown) => void
  /** Calls back once after so many milliseconds. */
  after?: (milliseconds: number, run: () => void) => void
  senders?: Senders
}

const LOOK_MS = 15_000
/** After a change of the city; a crowd of changes is looked at once. */
const SOON_MS = 2000
/** A receiver that hangs does not hold up the end of the server. */
const PATIENCE_MS = 2000
const DAY_MS = 86_400_000
const KEPT = { notices: 400 * DAY_MS, messages: 90 * DAY_MS }

/** Rules, what they found, and who was told: looked at when the city changes and each 15 seconds. */
export function openNotices(options: NoticesOptions): NoticesRunning {
  const { dataDir, zone, city, environment, clock, report, newId, chance } = options
  const after = options.after ?? ((milliseconds, run) => void setTimeout(run, milliseconds).unref())
  const began = clock()
  const now = () => options.now() + (options.pinned ? Math.round(clock() - began) : 0)
  const database = openDatabase(options.file)
  const rules = keepRules(database)
  const kept = keepNotices(database)
  const outbox = keepOutbox(database)
  const settings = () => readNoticesSettings(dataDir, environment)
  const ways = { settings, zone, city, now }
  const senders = options.senders ?? {
    email: mailSender(ways),
    telegram: telegramSender(ways),
    webhook: webhookSender(ways),
  }
  const attempts = new Map<string, number>()
  const courier = createCourier({
    ...{ outbox, rules, senders, now, clock, chance, report },
    onAttempt({ channel, result }) {
      const key = `${channel} ${result}`
      attempts.set(key, (attempts.get(key) ?? 0) + 1)
      if (result !== 'failed') revision++
    },
  })
  const looking = {
    ...{ database, rules, notices: kept, outbox, newId },
    ...{ resting: createResting(), local: localClock(zone) },
  }

  let revision = 1
  let world: World | undefined
  let unfollow = () => {}
  let stopped = false
  let planned = false
  let running: Promise<void> | undefined
  let again = false
  let cleanedAt = Number.NEGATIVE_INFINITY

  seedOnce()
  function seedOnce() {
    const { user_version: seeded } = database.db.prepare('PRAGMA user_version').get() ?? {}
    if (Number(seeded) > 0) return
    database.together(() => {
      for (const draft of USUAL_RULES) {
        const id = `r-${newId()}`
        const changed = { changedBy: 'domovoi', changedAt: now() }
        rules.putRule({ ...draft, ...changed, id, paused: false, mutedUntil: null })
      }
      database.db.exec('PRAGMA user_version = 1')
    })
  }

  async function once() {
    if (!world) return
    const seen = await observe(world, rules.rules())
    if (stopped) return
    const at = now()
    const { began, over } = look(looking, seen, at)
    if (began + over > 0) revision++
    if (at - cleanedAt > DAY_MS) {
      cleanedAt = at
      kept.forget(at - KEPT.notices)
      outbox.forget(at - KEPT.messages)
    }
    // Who is slow holds up neither the next look nor anybody else.
    courier.deliver().catch((cause) => report('notices.deliver', cause))
  }

  /** One look at a time; whoever asks meanwhile gets one that began after. */
  async function run(): Promise<void> {
    if (running) {
      again = true
      return running
    }
    running = (async () => {
      do {
        again = false
        await once().catch((cause) => report('notices', cause))
      } while (again && !stopped)
    })()
    await running
    running = undefined
  }

  function soon() {
    if (planned || stopped) return
    planned = true
    after(SOON_MS, () => {
      planned = false
      if (!stopped) void run()
    })
  }
  const repeat = () =>
    after(LOOK_MS, () => {
      if (stopped) return
      void run()
      repeat()
    })

  return {
    rules,
    kept,
    outbox,
    settings,
    now,
    revision: () => revision,
    async touch() {
      revision++
      await run()
    },
    counts: () => ({ attempts }),
    faults() {
      const faults: string[] = []
      try {
        settings()
      } catch (cause) {
        if (!(cause instanceof SettingError)) throw cause
        faults.push(cause.message.replace(/^.*(?=notices\.json)/, ''))
      }
      for (const { channel, dead, lastFailure, lastSentAt } of outbox.channels()) {
        if (lastFailure && lastFailure.at > (lastSentAt ?? 0))
          faults.push(`${channel}: the last attempt failed: ${lastFailure.detail}`)
        if (dead > 0)
          faults.push(`${channel}: ${dead} messages could not be delivered; see /notices`)
      }
      return faults
    },
    start(city) {
      world = city
      unfollow = city.board.follow(soon)
      soon()
      repeat()
    },
    async stop() {
      stopped = true
      unfollow()
      await running
      await courier.stop(PATIENCE_MS)
      database.db.close()
    },
  }
}
