import type { ServiceDefinition } from '../services/service'
import { type Environment, read } from './variables'

/** Where the service is live, without a trailing slash; empty where neither its variable nor a fallback says. */
export function liveAddress({ address }: ServiceDefinition, environment: Environment): string {
  const given = read(environment, address.variable) ?? address.fallback ?? ''
  return (address.from && given ? address.from(given) : given).replace(/\/+$/, '')
}
