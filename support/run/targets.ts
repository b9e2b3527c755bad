import { type Environment, read, validationErrors } from '../config/variables'
import type { ServiceDefinition } from '../services/service'

export type TargetKind = 'live' | 'sandbox' | 'none'

/** Where a service's scenarios will run, and why. `none`: live was requested, but its credentials are missing. */
export interface Target {
  service: string
  kind: TargetKind
  /** Variables to set before it can run live; empty when it can. */
  missing: readonly string[]
}

export interface Decision {
  targets: Target[]
  /** Everything wrong with the configuration, one sentence each; empty when the run may start. */
  errors: string[]
}

type Wanted = 'live' | 'sandbox' | undefined

/**
 * Decides for every service between its sandbox and live: `<SERVICE>_TARGET` over `ACCEPTANCE_TARGET` over the profile over what
 * the credentials say. Incomplete credentials are an error unless the service's own variable selects the sandbox.
 */
export function decideTargets(services: readonly ServiceDefinition[], environment: Environment, profile: Wanted): Decision {
  const decision: Decision = { targets: [], errors: [] }
  const everywhere = wanted(environment, 'ACCEPTANCE_TARGET', decision.errors)
  for (const service of services) {
    const own = wanted(environment, targetVariable(service.name), decision.errors)
    const target = decide(service, environment, { own, general: everywhere ?? profile })
    decision.targets.push(target)
    if ((own ?? everywhere ?? profile) !== 'sandbox') decision.errors.push(...validationErrors(service.variables, environment))
    if (isHalfSet(service, environment) && own !== 'sandbox') decision.errors.push(halfSet(service, target.missing))
  }
  return decision
}

export function targetVariable(service: string): string {
  return `${service.toUpperCase()}_TARGET`
}

/** Names the account that was meant for tests. */
export function testAccountVariable(service: string): string {
  return `${service.toUpperCase()}_TEST_ACCOUNT`
}

function decide(service: ServiceDefinition, environment: Environment, want: { own: Wanted; general: Wanted }): Target {
  const missing = missingOf(service, environment)
  const choice = want.own ?? want.general ?? (credentialsSet(service, environment).length > 0 ? 'live' : 'sandbox')
  const kind = choice === 'sandbox' ? 'sandbox' : missing.length > 0 ? 'none' : 'live'
  return { service: service.name, kind, missing }
}

function wanted(environment: Environment, name: string, faults: string[]): Wanted {
  const value = read(environment, name)
  if (value === undefined || value === 'live' || value === 'sandbox') return value
  faults.push(`${name} must be live or sandbox`)
  return undefined
}

function credentialsSet(service: ServiceDefinition, environment: Environment): string[] {
  const credentials = service.variables.filter(({ role }) => role === 'credential')
  return credentials.filter(({ name }) => read(environment, name) !== undefined).map(({ name }) => name)
}

/** The variables that must still be set, alternatives joined by "or". */
export function missingOf(service: ServiceDefinition, environment: Environment): string[] {
  return service.required.flatMap((one) => {
    const names = typeof one === 'string' ? [one] : one
    return names.some((name) => read(environment, name) !== undefined) ? [] : [names.join(' or ')]
  })
}

/** `A and (B or C)`: variables to set, with alternatives in parentheses. */
export function inWords(missing: readonly string[]): string {
  return missing.map((one) => (missing.length > 1 && one.includes(' or ') ? `(${one})` : one)).join(' and ')
}

function isHalfSet(service: ServiceDefinition, environment: Environment): boolean {
  return credentialsSet(service, environment).length > 0 && missingOf(service, environment).length > 0
}

function halfSet(service: ServiceDefinition, missing: readonly string[]): string {
  return `${service.title} is half configured: set ${inWords(missing)}, or ${targetVariable(service.name)}=sandbox to mean the sandbox`
}
