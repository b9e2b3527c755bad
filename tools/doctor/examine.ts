import { liveAddress } from '../../support/config/address'
import { errorText } from '../../support/config/errors'
import { Redactor } from '../../support/config/redaction'
import { type Environment, validationErrors } from '../../support/config/variables'
import { Run } from '../../support/run/run'
import { settings, slips } from '../../support/run/settings'
import { decideTargets, inWords, type Target } from '../../support/run/targets'
import type { ProbeLine, ServiceDefinition } from '../../support/services/service'
import { newRunId } from '../../support/undo/names'
import { clockSkew } from './clock'
import { localsOf } from './machine'
import { optionalHere, optionalLive, whatRuns } from './plan'

export interface Report {
  title: string
  lines: ProbeLine[]
  /** Missing optional things: what it is, what it affects, what to do. */
  optional: string[]
  setup: string
  /** Something is configured and does not work. A service without configuration is no error, because it has a sandbox. */
  broken: boolean
}

/** Examines one service: configuration, reachability, account, missing parts, and which scenarios will run and why. */
export async function examine(service: ServiceDefinition, environment: Environment): Promise<Report> {
  const { targets, errors } = decideTargets([service], environment, undefined)
  const wrong = new Set([...slips(environment, [service]).errors, ...validationErrors(settings, environment), ...errors])
  const [target] = targets
  const report = { title: service.title, setup: `docs/setup/${service.name}.md` }
  const locals = await localsOf(service.name)
  const optional = [...optionalHere(service, locals), ...(target?.kind === 'live' ? [] : optionalLive(service, environment))]
  if (wrong.size > 0 || !target)
    return { ...report, optional, lines: [...wrong].map((says) => ({ ok: false, says })), broken: true }
  const { works, lines } =
    target.kind === 'live' ? await probe(service, environment) : { works: true, lines: [configured(target)] }
  const plan = works ? whatRuns(service, target, environment, locals) : []
  return { ...report, optional, lines: [...lines, ...plan], broken: lines.some(({ ok }) => !ok) }
}

function configured({ missing }: Target): ProbeLine {
  return {
    ok: true,
    says: missing.length > 0 ? `not configured to run live: set ${inWords(missing)}` : 'configured to run live',
  }
}

async function probe(service: ServiceDefinition, environment: Environment): Promise<{ works: boolean; lines: ProbeLine[] }> {
  const address = liveAddress(service, environment)
  const live = { kind: 'live' as const, missing: [], address, variables: {}, lacks: [], real: [] }
  const resolved = { runId: newRunId(), parallel: false, atTerminal: false, services: { [service.name]: live } }
  const run = new Run(resolved, environment, new Redactor(), undefined)
  const clean = (lines: ProbeLine[]): ProbeLine[] => lines.map((line) => ({ ...line, says: run.redactor.text(line.says) }))
  try {
    const runtime = await run.runtime(service.name)
    const access = await run.ownAccess(service.name)
    await runtime.check?.(access)
    const found = (await runtime.probe?.(access)) ?? []
    return { works: true, lines: clean([{ ok: true, says: `reachable at ${address}` }, ...(await clockSkew(address)), ...found]) }
  } catch (error) {
    return { works: false, lines: clean([{ ok: false, says: errorText(error) }]) }
  } finally {
    await run.close()
  }
}
