import { expect } from 'chai'
import { Named } from '../../assertions/named'
import type { AcceptanceWorld } from '../../world'
import { ColonyClient, type Identity } from './client/client'
import type {
  Colony,
  Comment,
  Conversation,
  Message,
  Notification,
  PendingRegistration,
  PollResults,
  Post,
  User,
} from './contract'
import { RateLimitCheck } from './rate-limit'
import type { Delivery } from './receiver'

/** A post as the suite sent it, with its id. */
export interface WrittenPost {
  id: string
  title: string
  body: string
  colonyId: string | null
  type: string
  tags: readonly string[] | null
  /** The person who wrote it. */
  by: string
  /** Epoch milliseconds at which it was sent. */
  at: number
  /** When the scenario edited it. */
  editedAt?: number
}

export interface WrittenComment {
  id: string
  postId: string
  parentId: string | null
  body: string
  by: string
  at: number
  editedAt?: number
}

export interface SentMessage {
  id: string
  conversationId: string
  body: string
  by: string
  to: string
  at: number
  editedAt?: number
}

/** An option of a poll: its id, and its text unless the poll is another agent's. */
export interface PollOption {
  id: string
  text: string
}

/** An account whose key the scenario was given, with what it was registered with, if it was. */
export interface KnownAccount {
  id: string
  username: string
  display_name?: string
  bio?: string
  capabilities?: object
}

export interface CreatedWebhook {
  id: string
  url: string
  events: readonly string[]
  at: number
}

/** State of one scenario, and the clients of its people. */
export class ColonyState {
  readonly posts = new Named<WrittenPost>('post')
  readonly comments = new Named<WrittenComment>('comment')
  readonly messages = new Named<SentMessage>('message')
  readonly webhooks = new Named<CreatedWebhook>('webhook')
  /** By person, those that got a key in this scenario. */
  readonly accounts = new Named<KnownAccount>('account')
  /** By person, each bio that the suite chose. */
  readonly texts = new Named<string>('text')
  /** Unread messages before the scenario's first message, by person. */
  readonly unread = new Map<string, number>()
  /** The options of a poll in order, by its title. */
  readonly options = new Map<string, PollOption[]>()
  /** Who reacted with each emoji, or took it off again, by kind and id of what was reacted to. */
  readonly reactions = new Map<string, Map<string, Set<string>>>()
  /** Who wrote a whole discussion at once, in turn, by the id of its post; empty where it is the run's. */
  readonly discussions = new Map<string, readonly string[]>()
  /** The vote of each person, by the id of what was voted on. */
  readonly votes = new Map<string, Map<string, number>>()
  /** Access tokens that the sandbox refuses on request. */
  readonly expiredTokens = new Set<string>()
  /** People whose posts and comments are to remain. */
  readonly permanent = new Set<string>()
  /** The last item that was read. */
  post: Post | undefined
  comment: Comment | undefined
  profiles: { who: string; seen: User }[] = []
  listedPosts: Post[] = []
  listedComments: Comment[] = []
  listedAccounts: User[] = []
  colonies: Colony[] = []
  conversations: Conversation[] = []
  conversation: Message[] = []
  notifications: Notification[] = []
  unreadCount = 0
  poll: PollResults | undefined
  /** Ids of a request for several items. */
  returned: string[] = []
  notificationId = ''
  deliveries: Delivery[] = []
  registration: PendingRegistration | undefined
  keys = { old: '', new: '' }
  private readonly clients = new Map<string, Promise<ColonyClient>>()

  /** Of every response to a person of this scenario. */
  readonly rateLimits = new RateLimitCheck()

  constructor(readonly world: AcceptanceWorld) {
    world.closeAfterScenario(() => void expect(this.rateLimits.faults, 'rate limit headers of responses').to.deep.equal([]))
  }

  /** Assigns the name to an account that was created during the scenario. */
  become(name: string, apiKey: string): void {
    this.clients.set(name, Promise.resolve(this.withKey(name, apiKey)))
  }

  withKey(name: string, apiKey: string): ColonyClient {
    return ColonyClient.withKey(this.world.access, { name, apiKey }, { check: this.rateLimits })
  }

  as(name: string): Promise<ColonyClient> {
    const known = this.clients.get(name) ?? ColonyClient.of(this.world.access, name, this.rateLimits)
    this.clients.set(name, known)
    return known
  }

  /** The person's account on The Colony. */
  async identity(name: string): Promise<Identity> {
    return (await this.as(name)).identity()
  }
}
