import type { PeerHealth } from '#server/open311/poller.ts'
import type { SourceSettings } from './settings.ts'

/** What is known of sources beside their events. */
export interface SourceWorld {
  /** Throws SettingError where `sources.json` is not right. */
  settings(): SourceSettings
  peers(): readonly PeerHealth[]
  /** The city is Domograd: what its sources tell is invented. */
  demo: boolean
}
