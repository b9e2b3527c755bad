import type { AcceptanceWorld } from '../../world'
import { Named } from '../known'
import { ColonyClient } from './client/client'
import type { Comment, PollResults, Post, Reaction, SearchResult, User, Webhook } from './contract'
import type { Delivery } from './receiver'
import type { Crowd } from './tasks/crowd'

/** What one scenario on The Colony has named and seen, and who takes part. */
export class ColonyState {
  readonly posts = new Named<Post>('post')
  readonly comments = new Named<Comment>('comment')
  readonly profiles = new Named<User>('profile')
  readonly scores = new Named<number>('score')
  /** The posts of the latest list somebody looked at. */
  shown: Post[] = []
  /** The comments somebody read last. */
  remarks: Comment[] = []
  /** What stood below a thing after the latest reaction. */
  reactions: Reaction[] = []
  /** Keys of the kinds somebody reacted with. */
  readonly reactedWith = new Set<string>()
  readonly messages = new Named<string>('message')
  readonly webhooks = new Named<Webhook>('webhook')
  /** What came in at the receiver of the scenario. */
  deliveries: Delivery[] = []
  /** What somebody looked up last. */
  people: User[] = []
  results: SearchResult | undefined
  poll: PollResults | undefined
  crowd: Crowd = { profiles: [], reactions: [] }
  newKey = ''
  private readonly clients = new Map<string, Promise<ColonyClient>>()

  constructor(readonly world: AcceptanceWorld) {}

  /** From here on the name stands for an account that was made during the scenario. */
  become(name: string, apiKey: string): void {
    this.clients.set(name, Promise.resolve(ColonyClient.withKey(this.world.access, { name, apiKey })))
  }

  as(name: string): Promise<ColonyClient> {
    const known = this.clients.get(name) ?? ColonyClient.of(this.world.access, name)
    this.clients.set(name, known)
    return known
  }
}
