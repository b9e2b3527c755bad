import type { Resolved } from '../run/resolved'
import type { ServiceDefinition } from '../services/service'
import { type Environment, read } from './variables'

/** Every configured secret, from the environment and from sandboxes. */
export function secretsIn(services: readonly ServiceDefinition[], environment: Environment, resolved?: Resolved): string[] {
  return services.flatMap(({ name, variables }) =>
    variables
      .filter(({ secret }) => secret)
      .flatMap((variable) => [read(environment, variable.name), resolved?.services[name]?.variables[variable.name]])
      .filter((value) => value !== undefined),
  )
}
