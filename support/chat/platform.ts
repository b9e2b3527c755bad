import type { ServiceAccess } from '../services/service'
import type { Capabilities, ChatAdapter } from './adapter'

/** A chat platform: what its bots can do, and how one is reached. */
export interface Platform {
  title: string
  can: Capabilities
  open(access: ServiceAccess): Promise<ChatAdapter>
}
