import type { ServiceDefinition } from '../services/service'
import { type Environment, read } from './variables'

/** The live address of a service, without a trailing slash; empty where neither its variable nor a fallback is set. */
export function liveAddress({ address }: ServiceDefinition, environment: Environment): string {
  const given = read(environment, address.variable) ?? address.fallback ?? ''
  return (address.from && given ? address.from(given) : given).replace(/\/+$/, '')
}
