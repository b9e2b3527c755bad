import { loadSources } from '@cucumber/cucumber/api'
import type { Environment } from '../../support/config/variables'
import { type Closed, closedGates, type GateContext, tags } from '../../support/run/tags'
import { inWords, type Target } from '../../support/run/targets'
import type { ProbeLine, ServiceDefinition } from '../../support/services/service'

/** How many scenarios of a service will run with this configuration, and how many not, by reason. */
export async function whatRuns(service: ServiceDefinition, target: Target, environment: Environment): Promise<ProbeLine[]> {
  const count = (tagExpression: string): Promise<number> => scenarios(service.name, tagExpression)
  const closed = closedTags({ ...contextOf(target), service, environment })
  const all = await count('')
  const open = target.kind === 'none' ? 0 : await count(closed.map(({ tag }) => `not ${tag}`).join(' and '))
  const lines: ProbeLine[] = [{ ok: true, says: `${open} of ${all} scenarios will run${where(target)}` }]
  for (const { tag, reason, toSet } of target.kind === 'none' ? [] : closed) {
    const skipped = await count(tag)
    if (skipped > 0) lines.push({ ok: true, says: `${skipped} skipped, ${tag}: ${reason}; to run: ${toSet}` })
  }
  return lines
}

function where({ kind, missing }: Target): string {
  if (kind === 'sandbox') return ' on the sandbox'
  return kind === 'live' ? ' live' : `; to run them live: ${inWords(missing)}`
}

/** What a sandbox of this machine lacks shows only once it is started: the doctor starts none. */
function contextOf({ kind, missing }: Target): Pick<GateContext, 'resolved' | 'parallel' | 'atTerminal'> {
  const resolved = { kind, missing, variables: {}, lacks: [], real: ['postgres', 'rabbitmq', 'mongodb', 'redis'] }
  return { resolved, parallel: false, atTerminal: process.stdin.isTTY === true }
}

function closedTags(context: GateContext): (Closed & { tag: string })[] {
  return Object.keys(tags).flatMap((tag) => closedGates([tag], context).map((closed) => ({ ...closed, tag })))
}

async function scenarios(service: string, tagExpression: string): Promise<number> {
  const paths = [`features/${service}/**/*.feature`]
  const { plan } = await loadSources({ defaultDialect: 'en', paths, names: [], tagExpression, order: 'defined' })
  return plan.length
}
