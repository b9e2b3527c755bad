import type { GatewayPresenceUpdate } from 'discord-api-types/v10'
import type { Presence } from '../../chat/adapter'
import type { ServiceAccess } from '../service'
import type { DiscordClient } from './client'
import { DiscordSession, type SessionOptions } from './gateway'
import { INTENTS, isGranted, LISTENING } from './intents'
import { assertAsMade, madeFor } from './made'

/** A presence as others see it. */
export interface SeenPresence {
  status: string
  activities: readonly { name: string; type: number }[]
}

type GatewayPresence = Pick<GatewayPresenceUpdate, 'user' | 'status' | 'activities'>

/** The presence that the bot's session sets; undefined for the default of every session. */
export interface Shown {
  presence?: Presence
  status?: string
}

/**
 * The sessions of one bot: one that receives events and has a presence, and one that only observes others' presence, each opened
 * on first use. Live they serve the whole process; on a sandbox, where every scenario has its own bot, they end with the
 * scenario.
 */
export class Sessions {
  private readonly own = new Map<string, Promise<DiscordSession>>()
  private flags: Promise<number> | undefined

  private constructor(
    private readonly client: DiscordClient,
    private readonly access: ServiceAccess,
    private readonly seen: Map<string, SeenPresence>,
    /** Per process live, per adapter on a sandbox, like the session itself. */
    readonly shown: Shown,
  ) {}

  static async of(client: DiscordClient): Promise<Sessions> {
    const { access } = client
    const fresh = async (): Promise<Map<string, SeenPresence>> => new Map()
    const nothing = async (): Promise<Shown> => ({})
    if (!access.isLive) return new Sessions(client, access, await fresh(), await nothing())
    const seen = await access.connection('presences', fresh, () => undefined)
    return new Sessions(client, access, seen, await access.connection('shown', nothing, () => undefined))
  }

  /** With the text of other users' messages if the application may read it. */
  async main(): Promise<DiscordSession> {
    const content = isGranted('MESSAGE_CONTENT', await this.applicationFlags()) ? INTENTS.MESSAGE_CONTENT : 0
    return this.open('gateway', { intents: LISTENING | content })
  }

  /** @throws ApiError 4014 if the presence intent is not enabled for the application */
  async observer(): Promise<DiscordSession> {
    return this.open('observer', {
      intents: INTENTS.GUILDS | INTENTS.GUILD_PRESENCES,
      isSilent: true,
      first: (event) => {
        if (event.t === 'GUILD_CREATE') for (const one of event.d.presences) this.see(one, event.d.id)
        if (event.t === 'PRESENCE_UPDATE') this.see(event.d, event.d.guild_id)
      },
    })
  }

  /** In a guild; a user without a presence update is offline. */
  async presenceOf(userId: string, guildId: string): Promise<SeenPresence> {
    ;(await this.observer()).assertAlive()
    return this.seen.get(`${guildId} ${userId}`) ?? { status: 'offline', activities: [] }
  }

  private see({ user, status, activities = [] }: GatewayPresence, guildId: string): void {
    const shown = activities.map(({ name, type }) => ({ name, type }))
    this.seen.set(`${guildId} ${user.id}`, { status: status ?? 'offline', activities: shown })
  }

  async mayObserve(): Promise<boolean> {
    return isGranted('GUILD_PRESENCES', await this.applicationFlags())
  }

  async close(): Promise<void> {
    for (const opened of [...this.own.values()].reverse()) await (await opened).close()
    this.own.clear()
  }

  private open(key: string, options: SessionOptions): Promise<DiscordSession> {
    const open = (): Promise<DiscordSession> => DiscordSession.open(this.client, options)
    if (this.access.isLive) return this.access.connection(key, open, (session) => session.close())
    const known = this.own.get(key)
    if (known) return known
    const opened = open()
    this.own.set(key, opened)
    opened.catch(() => this.own.delete(key))
    return opened
  }

  private applicationFlags(): Promise<number> {
    this.flags ??= this.readFlags()
    return this.flags
  }

  private async readFlags(): Promise<number> {
    const [application, made] = await Promise.all([this.client.application(), madeFor(this.access, 'Ada')])
    assertAsMade('the application', application, made?.application)
    return application.flags
  }
}
