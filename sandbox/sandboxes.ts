import type { StartSandbox } from './kit/sandbox'

/** Every sandbox by service name; the order gives the fixed ports. Imported only when one is started. */
export const sandboxes: Readonly<Record<string, () => Promise<StartSandbox>>> = {
  colony: async () => (await import('./colony/server')).startColony,
  cocalc: async () => (await import('./cocalc/server')).startCocalc,
  discord: async () => (await import('./discord/server')).startDiscord,
  slack: async () => (await import('./slack/server')).startSlack,
  symphony: async () => (await import('./symphony/server')).startSymphony,
  connector: async () => (await import('./connector/server')).startConnector,
  orbital: async () => (await import('./orbital/server')).startOrbital,
}
