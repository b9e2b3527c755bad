import { liveAddress } from '../../support/core/address'
import { messageOf } from '../../support/core/errors'
import { newMark } from '../../support/core/names'
import { Redactor } from '../../support/core/redaction'
import type { ProbeLine, ServiceDefinition } from '../../support/core/service'
import { decideTargets } from '../../support/core/targets'
import { type Environment, faultsOf, read } from '../../support/core/variables'
import { Run } from '../../support/run'
import { settings, slips } from '../../support/settings'
import { clockSkew } from './clock'

export interface Report {
  title: string
  lines: ProbeLine[]
  setup: string
  /** Something is configured, and does not work. Nothing configured is no fault: the sandbox serves. */
  broken: boolean
}

/** One service: configured? reachable? who am I? what is missing? what will run, what not, why? */
export async function examine(service: ServiceDefinition, environment: Environment): Promise<Report> {
  const { targets, faults } = decideTargets([service], environment, undefined)
  const wrong = [
    ...slips(environment).filter((text) => text.includes(service.name.toUpperCase())),
    ...faultsOf(settings, environment),
    ...faults,
  ]
  const [target] = targets
  const lines: ProbeLine[] = [...new Set(wrong)].map((says) => ({ ok: false, says }))
  if (lines.length === 0 && target?.kind === 'live')
    lines.push(...(await probe(service, environment)), ...optionals(service, environment))
  else if (lines.length === 0) lines.push(notLive(service))
  const broken = lines.some(({ ok, toDo }) => !ok && toDo !== OPTIONAL)
  return {
    title: `${service.title}: ${target?.kind ?? 'none'}`,
    lines: lines.map(plain),
    setup: `docs/setup/${service.name}.md`,
    broken,
  }
}

const OPTIONAL = 'optional'

function plain({ toDo, ...line }: ProbeLine): ProbeLine {
  return toDo === undefined || toDo === OPTIONAL ? line : { ...line, toDo }
}

function notLive(service: ServiceDefinition): ProbeLine {
  const names = service.required.map((one) => (typeof one === 'string' ? one : one.join(' or ')))
  return { ok: true, says: `not configured: its scenarios run on the sandbox; set ${names.join(' and ')} to run them live` }
}

async function probe(service: ServiceDefinition, environment: Environment): Promise<ProbeLine[]> {
  const address = liveAddress(service, environment)
  const live = { kind: 'live' as const, missing: [], address, variables: {}, lacks: [], real: [] }
  const resolved = { mark: newMark(), parallel: false, atTerminal: false, services: { [service.name]: live } }
  const run = new Run(resolved, environment, new Redactor(), undefined)
  try {
    const runtime = await run.runtime(service.name)
    const access = await run.ownAccess(service.name)
    await runtime.check?.(access)
    const found = (await runtime.probe?.(access)) ?? []
    return [{ ok: true, says: `reachable at ${address}` }, ...(await clockSkew(address)), ...found]
  } catch (error) {
    return [{ ok: false, says: run.redactor.text(messageOf(error)) }]
  } finally {
    await run.close()
  }
}

/** Optional things that are not set, and the scenarios that will therefore be skipped. */
function optionals({ needs = {}, optIns = {} }: ServiceDefinition, environment: Environment): ProbeLine[] {
  const all = [
    ...Object.entries(needs).map(([word, one]) => [`@needs:${word}`, one] as const),
    ...Object.entries(optIns).map(([word, one]) => [`@opt-in:${word}`, one] as const),
  ]
  return all.flatMap(([tag, { means, variables }]) => {
    const missing = variables.filter((name) => read(environment, name) === undefined)
    return missing.length === 0
      ? []
      : [{ ok: false, says: `${tag} scenarios are skipped: no ${means} (set ${missing.join(' and ')})`, toDo: OPTIONAL }]
  })
}
