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
}

export interface WrittenComment {
  id: string
  postId: string
  parentId: string | null
  body: string
  by: string
  at: number
}

export interface SentMessage {
  id: string
  body: string
  by: string
  to: string
  at: number
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
  /** Bios and usernames that the suite has set, by person. */
  readonly texts = new Named<string>('text')
  /** Unread messages before the scenario's first message, by person. */
  readonly unread = new Map<string, number>()
  /** Option ids of a poll, by its title and the option's text. */
  readonly options = new Map<string, string>()
  /** Emojis the scenario reacted with, by kind and id of what was reacted to. */
  readonly reactions = new Map<string, Set<string>>()
  /** People whose posts and comments are not removed. */
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

  constructor(readonly world: AcceptanceWorld) {}

  /** Assigns the name to an account that was created during the scenario. */
  become(name: string, apiKey: string): void {
    this.clients.set(name, Promise.resolve(this.withKey(name, apiKey)))
  }

  withKey(name: string, apiKey: string): ColonyClient {
    return ColonyClient.withKey(this.world.access, { name, apiKey })
  }

  as(name: string): Promise<ColonyClient> {
    const known = this.clients.get(name) ?? ColonyClient.of(this.world.access, name)
    this.clients.set(name, known)
    return known
  }

  /** The person's account on The Colony. */
  async identity(name: string): Promise<Identity> {
    return (await this.as(name)).identity()
  }
}
