import { sandboxes } from '../../sandbox/sandboxes'
import { errorText, UsageError } from '../../support/config/errors'
import { Redactor } from '../../support/config/redaction'
import { type Environment, read } from '../../support/config/variables'
import { emptyFacts } from '../../support/reports/facts'
import { resolve } from '../../support/run/preflight'
import { RESOLVED, type ResolvedService } from '../../support/run/resolved'
import { type Run, startRun } from '../../support/run/run'
import type { StartedSandbox } from '../../support/run/sandbox-starter'
import { missingOf } from '../../support/run/targets'
import { serviceNamed } from '../../support/services'
import { readJournal } from '../../support/undo/journal-reader'
import { leftoversText } from '../../support/undo/leftovers'
import { newRunId } from '../../support/undo/names'
import { leftoverOf } from '../../support/undo/undo'
import { Fronts } from './fronts'
import { forget, type Stage } from './session'
import type { Listener } from './trial'
import type { Wire } from './wire'

/** The service behind proxies, as the suite uses it. */
interface Target {
  resolved: ResolvedService
  environment: Environment
  stop(): Promise<void>
}

export interface StageOptions {
  service: string
  /** Of the scenarios that will run. */
  tags: readonly string[]
  wire: Wire
  listener: Listener
  /** The service of the environment's addresses and credentials, instead of a sandbox. */
  isLive: boolean
}

/** Proxies for a new sandbox or a live service, and a run of the suite that knows only the proxies. */
export async function openStage({ service, tags, wire, listener, isLive }: StageOptions): Promise<Stage> {
  const fronts = new Fronts(wire, listener)
  let target: Target | undefined
  try {
    target = isLive ? await liveTarget(service, fronts) : await sandboxTarget(service, tags, fronts)
    const run = beginRun(service, target)
    const { stop } = target
    return {
      begin: (scenario) => listener.begin(scenario),
      cleanUp: () => listener.cleanUp(),
      close: () => close(run, fronts, stop),
    }
  } catch (error) {
    await fronts.close()
    await target?.stop()
    throw error
  }
}

/** Starts an unused sandbox, which keeps the database and broker running that all sandboxes of a process share. */
export async function keepServersUp(service: string, tags: readonly string[]): Promise<void> {
  await startSandbox(service, tags)
}

let reused: { sandbox: StartedSandbox; tags: readonly string[]; left: number } | undefined

/** A new sandbox, or the previous one if it may serve several runs and has all the tags. */
async function sandboxFor(service: string, tags: readonly string[], { sandboxServes = 1 }: Wire): Promise<StartedSandbox> {
  if (sandboxServes === 1) return startSandbox(service, tags)
  if (!reused || reused.left === 0 || tags.some((tag) => !reused?.tags.includes(tag))) {
    await reused?.sandbox.stop()
    reused = { sandbox: await startSandbox(service, tags), tags, left: sandboxServes }
  }
  reused.left--
  return { ...reused.sandbox, stop: async () => undefined }
}

async function startSandbox(service: string, tags: readonly string[]): Promise<StartedSandbox> {
  const load = sandboxes[service]
  if (!load) throw new UsageError(`There is no sandbox called ${service}.`)
  return (await load())({ tags })
}

async function sandboxTarget(service: string, tags: readonly string[], fronts: Fronts): Promise<Target> {
  const sandbox = await sandboxFor(service, tags, fronts.wire)
  const address = await fronts.open(sandbox.address, 'service')
  const control = await fronts.open(sandbox.control, 'control')
  const variables = await behind(fronts, sandbox.variables)
  const seen = { ...sandbox, address, control, variables }
  const resolved = resolve({ service, kind: 'sandbox', missing: [] }, process.env, seen)
  return { resolved, environment: process.env, stop: () => sandbox.stop() }
}

/** @throws UsageError where credentials are missing */
async function liveTarget(service: string, fronts: Fronts): Promise<Target> {
  const definition = serviceNamed(service)
  if (!definition) throw new UsageError(`No service is called ${service}.`)
  const missing = missingOf(definition, process.env)
  if (missing.length > 0) throw new UsageError(`${definition.title} cannot run live: set ${missing.join(', ')}.`)
  const names = [definition.address.variable, ...definition.variables.map(({ name }) => name)]
  const given = Object.fromEntries(names.map((name) => [name, read(process.env, name) ?? '']))
  given[definition.address.variable] ||= definition.address.fallback ?? ''
  const environment = { ...process.env, ...(await behind(fronts, given)) }
  return { resolved: resolve({ service, kind: 'live', missing: [] }, environment), environment, stop: async () => undefined }
}

/** Variables with the addresses of HTTP servers and brokers replaced by those of proxies. */
async function behind(fronts: Fronts, variables: Readonly<Record<string, string>>): Promise<Record<string, string>> {
  const fronted: Record<string, string> = {}
  for (const [name, value] of Object.entries(variables)) {
    if (fronts.wire.brokers?.includes(name) && value) fronted[name] = await fronts.openBroker(value)
    else if (name === fronts.wire.authorities && value) fronted[name] = await fronts.trust(value)
    else fronted[name] = /^https?:\/\//.test(value) ? await fronts.open(value, 'service') : value
  }
  return fronted
}

function beginRun(service: string, { resolved, environment }: Target): Run {
  const whole = { runId: newRunId(), parallel: false, atTerminal: false, services: { [service]: resolved } }
  process.env[RESOLVED] = JSON.stringify(whole)
  const run = startRun(whole, environment, new Redactor(), emptyFacts(whole.runId))
  const targets = { [service]: { kind: resolved.kind, address: resolved.address } }
  run.journal.begin({ run: whole.runId, pid: process.pid, at: Date.now(), targets })
  return run
}

/** The journal of a live run with leftovers is kept for the sweep. */
async function close(run: Run, fronts: Fronts, stop: () => Promise<void>): Promise<string[]> {
  const wrong: string[] = []
  for (const access of await run.ownAccesses()) {
    await access.undo.undoAll().catch((error: unknown) => wrong.push(errorText(error)))
  }
  const { open } = readJournal(run.journal.path)
  if (open.length > 0) wrong.push(leftoversText(open.map((entry) => leftoverOf(entry, entry.why ?? 'its end was not seen'))))
  await run.close()
  await fronts.close()
  await stop()
  const isLive = Object.values(run.resolved.services).some(({ kind }) => kind === 'live')
  if (!isLive || open.length === 0) forget(run.journal.path)
  return wrong
}
