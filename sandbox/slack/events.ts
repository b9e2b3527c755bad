import { randomUUID } from 'node:crypto'
import type { InjectedFaults } from '../kit/injected-faults'
import { scopesFor } from './access'
import type { AppRow, ChannelRow, MessageRow, UserRow } from './model'
import { channelShape, messageShape } from './shapes'
import { userShape } from './shapes-user'
import type { SocketMode } from './socket'
import type { SlackStore } from './store'
import { mentioned } from './text'

type Event = Record<string, unknown> & { type: string }
type ReactionEvent = 'reaction_added' | 'reaction_removed'

const TYPE = { public: 'channel', private: 'group', im: 'im', mpim: 'mpim' } as const

/** Sends events of a workspace to its apps: those in conversations of the app's bot, and for which it has the scopes. */
export class Events {
  constructor(
    private readonly store: SlackStore,
    private readonly sockets: SocketMode,
    private readonly faults: InjectedFaults,
  ) {}

  posted(channel: ChannelRow, message: MessageRow): void {
    const { user, ts, text, ...rest } = messageShape(this.store, message, { metadata: true })
    this.inConversation(channel, 'history', { type: 'message', user, text, ts, ...rest, ...this.where(channel, message.ts) })
    const named = mentioned(message.text)
    for (const app of this.store.apps(channel.teamId)) {
      const concerned = named.includes(app.botUserId) && message.userId !== app.botUserId
      if (!concerned || !channel.members.includes(app.botUserId) || !this.may(app, 'app_mentions:read')) continue
      const { channel_type, ...where } = this.where(channel, message.ts)
      this.tell(app, { ...rest, user, text, ts, ...where, type: 'app_mention' })
    }
  }

  changed(channel: ChannelRow, before: object, message: MessageRow, ts: string): void {
    this.hidden(channel, 'message_changed', ts, { message: messageShape(this.store, message), previous_message: before })
  }

  deleted(channel: ChannelRow, before: object, deletedTs: string, ts: string): void {
    this.hidden(channel, 'message_deleted', ts, { deleted_ts: deletedTs, previous_message: before })
  }

  reacted(type: ReactionEvent, channel: ChannelRow, message: MessageRow, who: { user: string; name: string }): void {
    const item = { type: 'message', channel: channel.id, ts: message.ts }
    const event = { type, user: who.user, reaction: who.name, item_user: message.userId, item, event_ts: this.store.ts() }
    this.toPresent(channel, 'reactions:read', event)
  }

  joined(channel: ChannelRow, user: string, inviter?: string): void {
    const at = { channel: channel.id, channel_type: channel.id.slice(0, 1), team: channel.teamId, event_ts: this.store.ts() }
    const event = { type: 'member_joined_channel', user, ...at, ...(inviter === undefined ? {} : { inviter }) }
    this.inConversation(channel, 'read', event)
  }

  directOpened(channel: ChannelRow, user: string, created: boolean): void {
    for (const app of this.present(channel)) {
      if (!this.may(app, 'im:read')) continue
      const event_ts = this.store.ts()
      if (created) this.tell(app, { type: 'im_created', user, channel: channelShape(channel, app.botUserId), event_ts })
      this.tell(app, { type: 'im_open', user, channel: channel.id, event_ts })
    }
  }

  userChanged(user: UserRow, statusToo: boolean): void {
    for (const app of this.store.apps(user.teamId)) {
      if (!this.may(app, 'users:read')) continue
      const shape = userShape(user, { email: this.may(app, 'users:read.email') })
      const event = { user: shape, cache_ts: this.store.now(), event_ts: this.store.ts() }
      this.tell(app, { type: 'user_change', ...event })
      if (statusToo) this.tell(app, { type: 'user_status_changed', ...event })
    }
  }

  /** An event about a message that clients do not show as one of its own. */
  private hidden(channel: ChannelRow, subtype: string, ts: string, facts: object): void {
    const event = { type: 'message', subtype, hidden: true, ts, ...facts, ...this.where(channel, ts) }
    this.inConversation(channel, 'history', event)
  }

  private inConversation(channel: ChannelRow, family: 'history' | 'read', event: Event): void {
    const [scope = ''] = scopesFor(channel.kind, family)
    this.toPresent(channel, scope, event)
  }

  private toPresent(channel: ChannelRow, scope: string, event: Event): void {
    for (const app of this.present(channel)) if (this.may(app, scope)) this.tell(app, event)
  }

  private where(channel: ChannelRow, ts: string) {
    return { channel: channel.id, event_ts: ts, channel_type: TYPE[channel.kind] }
  }

  private present(channel: ChannelRow): AppRow[] {
    return this.store.apps(channel.teamId).filter(({ botUserId }) => channel.members.includes(botUserId))
  }

  private may(app: AppRow, scope: string): boolean {
    return [...this.store.data.tokens.values()].some(
      (token) => token.appId === app.id && token.kind === 'bot' && token.state === 'good' && token.scopes.includes(scope),
    )
  }

  private tell(app: AppRow, event: Event): void {
    if (this.faults.suppresses(event.type)) return
    const { id, teamId, botUserId } = app
    const payload = {
      token: id.slice(-8).toLowerCase(),
      team_id: teamId,
      context_team_id: teamId,
      context_enterprise_id: null,
      api_app_id: id,
      event: this.faults.changed(event.type, event),
      type: 'event_callback',
      event_id: this.store.id('Ev'),
      event_time: this.store.now(),
      authorizations: [{ enterprise_id: null, team_id: teamId, user_id: botUserId, is_bot: true, is_enterprise_install: false }],
      is_ext_shared_channel: false,
      event_context: `4-${randomUUID().replaceAll('-', '')}`,
    }
    this.sockets.of(id).deliver({ type: 'events_api', payload })
  }
}
