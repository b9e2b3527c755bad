import { Known } from '../../core/known'
import type { AcceptanceWorld } from '../../world'
import { ColonyClient } from './client'
import type { Comment, Post } from './contract'

/** What one scenario on The Colony has named, and who takes part. */
export class ColonyScene {
  readonly posts = new Known<Post>('post')
  readonly comments = new Known<Comment>('comment')
  private readonly clients = new Map<string, Promise<ColonyClient>>()

  constructor(readonly world: AcceptanceWorld) {}

  as(name: string): Promise<ColonyClient> {
    const known = this.clients.get(name) ?? ColonyClient.of(this.world.access, name)
    this.clients.set(name, known)
    return known
  }
}
