import { globSync, readFileSync } from 'node:fs'
import { generateMessages } from '@cucumber/gherkin'
import { IdGenerator, type Pickle, SourceMediaType } from '@cucumber/messages'
import type { Environment } from '../../support/config/variables'
import { reasonText } from '../../support/reports/media-types'
import { plannedSkips } from '../../support/run/plan'
import type { ResolvedService } from '../../support/run/resolved'
import { BACKING_SERVERS } from '../../support/run/tags'
import { inWords, type Target } from '../../support/run/targets'
import type { Optional, ProbeLine, ServiceDefinition } from '../../support/services/service'
import type { Local } from './machine'

/** How many scenarios of a service will run with this configuration, and how many not, by reason; decided by the code of the run. */
export function whatRuns(
  service: ServiceDefinition,
  target: Target,
  environment: Environment,
  locals: readonly Local[],
): ProbeLine[] {
  const pickles = picklesOf(service.name)
  const services = { [service.name]: resolvedAs(target, locals) }
  const skips = plannedSkips(pickles, { services, environment, parallel: false, atTerminal: process.stdin.isTTY === true })
  const skipped = skips.reduce((total, { scenarios }) => total + scenarios, 0)
  return [
    { ok: true, says: `${pickles.length - skipped} of ${pickles.length} scenarios will run${where(target)}` },
    ...(target.kind === 'none'
      ? []
      : skips.map((skip) => ({ ok: true, says: `${skip.scenarios} skipped: ${reasonText(skip)}` }))),
  ]
}

/** Things that a live run could use and lacks, with the number of affected scenarios. Also for services that are not configured. */
export function optionalLive(service: ServiceDefinition, environment: Environment): string[] {
  const pickles = picklesOf(service.name)
  const line = (tag: string, { means, variables, value }: Optional): string[] => {
    const missing = variables.filter((name) => (value === undefined ? !environment[name] : environment[name] !== value))
    const count = pickles.filter(({ tags }) => tags.some(({ name }) => name === tag)).length
    if (missing.length === 0 || count === 0) return []
    const settings = missing.map((name) => (value === undefined ? name : `${name}=${value}`)).join(' and ')
    return [`${means} (${count} ${count === 1 ? 'scenario' : 'scenarios'} live): set ${settings}`]
  }
  return [
    ...Object.entries(service.needs ?? {}).flatMap(([word, optional]) => line(`@needs:${word}`, optional)),
    ...Object.entries(service.optIns ?? {}).flatMap(([word, optional]) => line(`@opt-in:${word}`, optional)),
  ]
}

/** Things that the sandbox could use and this machine lacks. */
export function optionalHere(service: ServiceDefinition, locals: readonly Local[]): string[] {
  const pickles = picklesOf(service.name)
  return locals
    .filter(({ isHere }) => !isHere)
    .map(({ word, says, toInstall }) => {
      const tags = [`@needs:${word}`, `@real:${word}`]
      const count = pickles.filter((pickle) => pickle.tags.some(({ name }) => tags.includes(name))).length
      const concerns = count === 0 ? '' : ` (${count} ${count === 1 ? 'scenario' : 'scenarios'} on the sandbox)`
      return `${says}${concerns}: ${toInstall}`
    })
}

function where({ kind, missing }: Target): string {
  if (kind === 'sandbox') return ' on the sandbox'
  return kind === 'live' ? ' live' : `; to run them live: ${inWords(missing)}`
}

function resolvedAs({ kind, missing }: Target, locals: readonly Local[]): ResolvedService {
  const absent = locals.filter(({ isHere }) => !isHere).map(({ word }) => word)
  const real = BACKING_SERVERS.filter((name) => !absent.includes(name))
  return { kind, missing, variables: {}, lacks: kind === 'sandbox' ? absent : [], real }
}

/** All scenarios of a service, parsed by Cucumber. */
function picklesOf(service: string): Pickle[] {
  const options = { includeGherkinDocument: false, includePickles: true, includeSource: false, newId: IdGenerator.incrementing() }
  return globSync(`features/${service}/**/*.feature`)
    .sort()
    .flatMap((uri) => generateMessages(readFileSync(uri, 'utf8'), uri, SourceMediaType.TEXT_X_CUCUMBER_GHERKIN_PLAIN, options))
    .flatMap(({ pickle }) => pickle ?? [])
}
