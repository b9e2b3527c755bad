import { Named } from '../../assertions/named'
import { ChatState } from '../../chat/state'
import type { AcceptanceWorld } from '../../world'
import type { Control, Credentials } from '../service'
import { SymphonyChat } from './adapter'
import type { Room } from './contract'
import type { Tokens } from './sessions'

/** State of one scenario on Symphony, besides that of all chat platforms. */
export class SymphonyState {
  readonly rooms = new Named<Room>('room')
  /** The credentials that Ada signs in with. */
  credentials: Credentials | undefined
  /** The lifetime of her JWT in seconds. */
  lifetime: number | undefined
  /** Of a session of the scenario's own, besides the one that its other calls use. */
  tokens: Tokens | undefined
  /** The session token before it expired. */
  oldSession = ''
  readonly talk: ChatState

  constructor(readonly world: AcceptanceWorld) {
    this.talk = world.state(ChatState)
  }

  async chat(): Promise<SymphonyChat> {
    const chat = await this.talk.chat()
    if (!(chat instanceof SymphonyChat)) throw new Error('This step is for Symphony only.')
    return chat
  }

  /** @throws live, where a scenario that needs it must be gated */
  get control(): Control {
    const { control } = this.world.access
    if (!control) throw new Error('Live there is no control API: a scenario that needs it must be tagged @sandbox-only.')
    return control
  }

  async username(name: string): Promise<string> {
    return (await this.world.access.people.person(name)).username ?? ''
  }
}
