import { Known } from '../../core/known'
import type { AcceptanceWorld } from '../../world'
import { ColonyClient } from './client'
import type { Comment, Post, Reaction, User } from './contract'

/** What one scenario on The Colony has named and seen, and who takes part. */
export class ColonyScene {
  readonly posts = new Known<Post>('post')
  readonly comments = new Known<Comment>('comment')
  readonly profiles = new Known<User>('profile')
  readonly scores = new Known<number>('score')
  /** The posts of the latest list somebody looked at. */
  shown: Post[] = []
  /** The comments somebody read last. */
  remarks: Comment[] = []
  /** What stood below a thing after the latest reaction. */
  reactions: Reaction[] = []
  private readonly clients = new Map<string, Promise<ColonyClient>>()

  constructor(readonly world: AcceptanceWorld) {}

  as(name: string): Promise<ColonyClient> {
    const known = this.clients.get(name) ?? ColonyClient.of(this.world.access, name)
    this.clients.set(name, known)
    return known
  }
}
