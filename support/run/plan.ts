import type { Pickle } from '@cucumber/messages'
import type { Environment } from '../config/variables'
import type { PlannedSkip } from '../reports/facts'
import { serviceNamed, serviceOfFeature } from '../services'
import type { ResolvedService } from './resolved'
import { closedGates } from './tags'

/** How many of the chosen scenarios belong to each service, in order of first appearance. */
export function scenariosByService(pickles: readonly Pickle[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { uri } of pickles) {
    const service = serviceOfFeature(uri)
    counts.set(service, (counts.get(service) ?? 0) + 1)
  }
  return counts
}

/** The distinct tags of the chosen scenarios of these services. */
export function tagsByService(services: readonly string[], pickles: readonly Pickle[]): Map<string, string[]> {
  return new Map(
    services.map((service) => {
      const own = pickles.filter(({ uri }) => serviceOfFeature(uri) === service)
      return [service, [...new Set(own.flatMap(({ tags }) => tags.map(({ name }) => name)))]]
    }),
  )
}

/** Features outside the folders of services: no gate could be decided for them. */
export function homeless(pickles: readonly Pickle[]): string[] {
  return [...new Set(pickles.map(({ uri }) => uri))].filter((uri) => !serviceNamed(serviceOfFeature(uri)))
}

export interface PlanContext {
  services: Readonly<Record<string, ResolvedService>>
  environment: Environment
  parallel: boolean
  atTerminal: boolean
}

/** What will be skipped, and what to set, before anything has run. */
export function plannedSkips(pickles: readonly Pickle[], context: PlanContext): PlannedSkip[] {
  const planned = new Map<string, PlannedSkip>()
  for (const pickle of pickles) {
    const skip = skipOf(pickle, context)
    if (!skip) continue
    const known = planned.get(`${skip.reason} ${skip.toSet}`) ?? { ...skip, scenarios: 0 }
    planned.set(`${skip.reason} ${skip.toSet}`, { ...known, scenarios: known.scenarios + 1 })
  }
  return [...planned.values()]
}

function skipOf({ uri, tags }: Pickle, context: PlanContext): { reason: string; toSet: string } | undefined {
  const service = serviceNamed(serviceOfFeature(uri))
  const resolved = service && context.services[service.name]
  if (!service || !resolved) return undefined
  const names = tags.map(({ name }) => name)
  return closedGates(names, { ...context, service, resolved })[0]
}
