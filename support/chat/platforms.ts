import type { ServiceAccess } from '../services/service'
import type { Capabilities, ChatAdapter } from './adapter'

/** A chat platform: what its bots can do, and how one is reached. */
export interface Platform {
  title: string
  can: Capabilities
  open(access: ServiceAccess): Promise<ChatAdapter>
}

/**
 * The chat platforms by the folder of their features. Adding one is adding a line; each is imported only when a scenario of its own
 * was chosen.
 */
export const platforms: Readonly<Record<string, () => Promise<Platform>>> = {
  discord: async () => (await import('../services/discord/platform')).discord,
  slack: async () => (await import('../services/slack/platform')).slack,
  symphony: async () => (await import('../services/symphony/platform')).symphony,
}

/** @throws where the scenario's folder belongs to no chat platform */
export async function openChat(access: ServiceAccess): Promise<ChatAdapter> {
  const load = platforms[access.service]
  if (!load) throw new Error(`${access.service} is no chat platform; there are: ${Object.keys(platforms).join(', ')}.`)
  return (await load()).open(access)
}
