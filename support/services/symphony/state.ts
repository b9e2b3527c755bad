import { Named } from '../../assertions/named'
import { ChatState } from '../../chat/state'
import type { AcceptanceWorld } from '../../world'
import type { Control, Credentials } from '../service'
import { SymphonyChat } from './adapter'
import type { Room } from './contract'
import type { Tokens } from './sessions'

/** What one scenario on Symphony has named and seen beyond what all chat platforms share. */
export class SymphonyState {
  readonly rooms = new Named<Room>('room')
  /** What Ada tries to sign in with. */
  credentials: Credentials | undefined
  /** Seconds that what she shows is good for. */
  lifetime: number | undefined
  /** Of a session of its own, beside the one everything else is done in. */
  tokens: Tokens | undefined
  /** The session in use when it ran out. */
  oldSession = ''
  readonly talk: ChatState

  constructor(readonly world: AcceptanceWorld) {
    this.talk = world.state(ChatState)
  }

  async chat(): Promise<SymphonyChat> {
    const chat = await this.talk.chat()
    if (!(chat instanceof SymphonyChat)) throw new Error('These words are for Symphony alone.')
    return chat
  }

  /** @throws live, where a scenario that needs them must be gated */
  get control(): Control {
    const { control } = this.world.access
    if (!control) throw new Error('Live there are no control API: a scenario that needs one must be gated.')
    return control
  }

  async username(name: string): Promise<string> {
    return (await this.world.access.people.person(name)).username ?? ''
  }
}
