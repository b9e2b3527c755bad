import { cocalc } from './services/cocalc/service'
import { colony } from './services/colony/service'
import { connector } from './services/connector/service'
import { discord } from './services/discord/service'
import { orbital } from './services/orbital/service'
import type { ServiceDefinition } from './services/service'
import { slack } from './services/slack/service'
import { symphony } from './services/symphony/service'

/** The services, in the order of their fixed ports. Adding one is adding a line here. */
export const services: readonly ServiceDefinition[] = [colony, cocalc, discord, slack, symphony, connector, orbital]

export function serviceNamed(name: string): ServiceDefinition | undefined {
  return services.find((service) => service.name === name)
}

/** The folder *is* the service: `features/colony/posts.feature` belongs to `colony`. */
export function serviceOfFeature(uri: string): string {
  return /(?:^|[\\/])features[\\/]([^\\/]+)[\\/]/.exec(uri)?.[1] ?? ''
}
