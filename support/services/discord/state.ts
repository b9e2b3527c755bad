import type { AcceptanceWorld } from '../../world'
import type { OwnGuild } from './contract'
import type { DiscordSession } from './gateway'

/** State of one scenario on Discord, besides that of all chat platforms. */
export class DiscordState {
  guilds: readonly OwnGuild[] = []
  readonly sessions: DiscordSession[] = []

  constructor(readonly world: AcceptanceWorld) {}
}
