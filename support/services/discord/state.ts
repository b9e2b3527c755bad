import type { AcceptanceWorld } from '../../world'
import type { OwnGuild } from './contract'
import type { DiscordSession } from './gateway'

/** What one scenario on Discord has seen beyond what all chat platforms share. */
export class DiscordState {
  guilds: readonly OwnGuild[] = []
  readonly sessions: DiscordSession[] = []

  constructor(readonly world: AcceptanceWorld) {}
}
