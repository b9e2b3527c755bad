import { ChatScene } from '../../chat/state'
import type { AcceptanceWorld } from '../../world'
import { Known } from '../known'
import type { Credentials, Powers } from '../service'
import { SymphonyChat } from './adapter'
import type { Room } from './contract'
import type { Tokens } from './sessions'

/** What one scenario on Symphony has named and seen beyond what all chat platforms share. */
export class SymphonyScene {
  readonly rooms = new Known<Room>('room')
  /** What Ada tries to sign in with. */
  credentials: Credentials | undefined
  /** Seconds that what she shows is good for. */
  lifetime: number | undefined
  /** Of a session of its own, beside the one everything else is done in. */
  tokens: Tokens | undefined
  /** The session in use when it ran out. */
  oldSession = ''
  readonly talk: ChatScene

  constructor(readonly world: AcceptanceWorld) {
    this.talk = world.scene(ChatScene)
  }

  async chat(): Promise<SymphonyChat> {
    const chat = await this.talk.chat()
    if (!(chat instanceof SymphonyChat)) throw new Error('These words are for Symphony alone.')
    return chat
  }

  /** @throws live, where a scenario that needs them must be gated */
  get powers(): Powers {
    const { powers } = this.world.access
    if (!powers) throw new Error('Live there are no powers: a scenario that needs one must be gated.')
    return powers
  }

  async username(name: string): Promise<string> {
    return (await this.world.access.people.person(name)).username ?? ''
  }
}
