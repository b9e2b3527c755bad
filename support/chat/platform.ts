import type { ServiceAccess } from '../services/service'
import type { Capabilities, ChatAdapter } from './adapter'

/** A chat platform: its capabilities, and how its adapter is opened. */
export interface Platform {
  title: string
  can: Capabilities
  open(access: ServiceAccess): Promise<ChatAdapter>
}
