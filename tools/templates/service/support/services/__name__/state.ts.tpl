import { Named } from '../../assertions/named'
import type { AcceptanceWorld } from '../../world'
import { __Name__Client } from './client'
import type { Thing } from './contract'

/** What one scenario on __title__ has named, and who takes part. */
export class __Name__State {
  readonly things = new Named<Thing>('thing')

  constructor(readonly world: AcceptanceWorld) {}

  as(name: string): Promise<__Name__Client> {
    return __Name__Client.of(this.world.access, name)
  }
}
