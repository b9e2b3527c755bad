import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isMainThread, threadId } from 'node:worker_threads'
import { Redactor } from '../config/redaction'
import { type Environment, isOn, read, withPrefix } from '../config/variables'
import { Agents } from '../http/agents'
import { Exchanges } from '../http/exchanges'
import { SCENARIO_RETRY_BUDGET } from '../http/retry'
import { Shapes } from '../http/shapes'
import type { RunFacts } from '../reports/facts'
import { serviceNamed } from '../services'
import { LivePeople, SandboxPeople } from '../services/people'
import type { Control, People, ServiceAccess, ServiceDefinition, ServiceRuntime } from '../services/service'
import { type Entry, Journal } from '../undo/journal'
import { StopSignal } from '../undo/stop'
import { Undo, type UndoKind } from '../undo/undo'
import { type AccessParts, accessOf } from './access'
import { Connections } from './connections'
import { controlAt } from './control'
import { isOrdinaryText } from './ordinary-words'
import { Reachability } from './reachability'
import { type Resolved, type ResolvedService, readResolved } from './resolved'
import { configuredSecrets } from './settings'
import { SharedClient, SharedServer } from './shared'

/** Parts of the access that a scenario replaces by its own. */
export interface Scope {
  people: People
  exchanges: Exchanges
  learn: (secret: string) => void
}

/** What is shared between scenarios, one per process or worker: addresses, agents, the journal, and things that the whole run shares. */
export class Run {
  readonly agents: Agents = new Agents()
  readonly stop = StopSignal.shared()
  readonly journal: Journal
  readonly environment: Environment
  private readonly shared: SharedServer | SharedClient
  private readonly runtimes = new Map<string, Promise<ServiceRuntime<unknown>>>()
  private readonly controls = new Map<string, Control>()
  private readonly own = new Map<string, Promise<ServiceAccess>>()
  private readonly connections = new Connections()
  private readonly reachable = new Map<string, Reachability>()
  private readonly shapes = new Map<string, Shapes>()
  private serial = 0

  constructor(
    readonly resolved: Resolved,
    environment: Environment,
    readonly redactor: Redactor,
    /** The notes in the summary; filled by the main thread only. */
    readonly facts: RunFacts | undefined,
    journalPath = Journal.pathOf(resolved.runId),
  ) {
    // A copy, because Node looks up each variable of its own environment anew, which is slow.
    this.environment = { ...environment }
    for (const secret of configuredSecrets(environment, resolved)) redactor.learn(secret)
    const isLive = (service: string): boolean => resolved.services[service]?.kind === 'live'
    this.journal = new Journal(journalPath, isLive, (line) => redactor.text(line))
    this.shared = isMainThread ? new SharedServer((key, detail) => this.makeShared(key, detail)) : new SharedClient()
    if (this.shared instanceof SharedServer) this.shared.listen()
  }

  get runId(): string {
    return this.resolved.runId
  }

  /** A number that is unique among all threads of this run. */
  next(): string {
    return isMainThread ? `${++this.serial}` : `${threadId}x${++this.serial}`
  }

  target(service: string): ResolvedService {
    const target = this.resolved.services[service]
    if (!target) throw new Error(`The run knows nothing of a service called "${service}".`)
    return target
  }

  reachability(service: string): Reachability {
    const known = this.reachable.get(service) ?? new Reachability()
    this.reachable.set(service, known)
    return known
  }

  definition(service: string): ServiceDefinition {
    const definition = serviceNamed(service)
    if (!definition) throw new Error(`No service is called "${service}"; see support/services.ts.`)
    return definition
  }

  runtime(service: string): Promise<ServiceRuntime<unknown>> {
    const loading = this.runtimes.get(service) ?? this.definition(service).load()
    this.runtimes.set(service, loading)
    return loading
  }

  controlOf(service: string): Control | undefined {
    const { controlAddress } = this.target(service)
    if (!controlAddress) return undefined
    const control = this.controls.get(service) ?? controlAt(controlAddress, this.agents)
    this.controls.set(service, control)
    return control
  }

  /** People of a scenario: the environment's accounts live, a new group on a sandbox. */
  peopleOf(service: string): People {
    const control = this.controlOf(service)
    return control
      ? new SandboxPeople(control, `${this.runId}-${this.next()}`)
      : new LivePeople(this.definition(service), this.environment)
  }

  exchanges(service: string): Exchanges {
    const show = isOn(this.environment, 'ACCEPTANCE_DEBUG') ? (text: string) => void process.stderr.write(`${text}\n`) : undefined
    return new Exchanges(this.redactor, show, this.target(service).kind === 'live', this.shapesOf(service))
  }

  private shapesOf(service: string): Shapes | undefined {
    if (!isOn(this.environment, 'ACCEPTANCE_RECORD_SHAPES')) return undefined
    const shapes = this.shapes.get(service) ?? new Shapes(service, this.target(service).kind)
    this.shapes.set(service, shapes)
    return shapes
  }

  access(service: string, scope: Scope): ServiceAccess {
    const access: ServiceAccess = accessOf({ ...this.parts(service), ...scope, undo: this.undo(() => Promise.resolve(access)) })
    return access
  }

  /** The run's own view of a service: for shared things, checks before the first scenario, and work after the last. */
  ownAccess(service: string): Promise<ServiceAccess> {
    const known = this.own.get(service)
    if (known) return known
    const learn = (secret: string) => this.redactor.learn(secret)
    const scope = { people: this.peopleOf(service), exchanges: this.exchanges(service), learn }
    const made = Promise.resolve(this.access(service, scope))
    this.own.set(service, made)
    return made
  }

  /** An undo list whose entries are finished with clients made from the given view of their service. */
  undo(accessFor: (entry: Entry) => Promise<ServiceAccess>): Undo {
    return new Undo(
      this.journal,
      this.stop,
      async (entry) => this.undoOf(entry, await accessFor(entry)),
      (kind) => this.kindOf(kind),
    )
  }

  async undoOf(entry: Entry, access: ServiceAccess) {
    const runtime = await this.runtime(entry.service)
    const kind = runtime.undo[entry.kind]
    if (!kind) throw new Error(`${entry.service} declares no undo for "${entry.kind}".`)
    return { kind, clients: await runtime.clients(access, entry.by) }
  }

  /** The views that this run has created for itself, so that shared things can be undone at its end. */
  ownAccesses(): Promise<ServiceAccess[]> {
    return Promise.all(this.own.values())
  }

  async close(): Promise<void> {
    for (const [service, shapes] of this.shapes) writeShapes(this.runId, `${service}-${threadId}`, shapes)
    await this.connections.close()
    if (this.shared instanceof SharedServer) this.shared.close()
    this.journal.close()
    this.agents.destroy()
  }

  private parts(service: string): Omit<AccessParts, 'people' | 'exchanges' | 'learn' | 'undo'> {
    const { kind, address, variables } = this.target(service)
    return {
      service,
      isLive: kind === 'live',
      address: address ?? '',
      addressVariable: this.definition(service).address.variable,
      runId: this.runId,
      shards: this.resolved.shards,
      control: this.controlOf(service),
      agents: this.agents,
      retryBudget: { left: SCENARIO_RETRY_BUDGET },
      setting: (name) => (kind === 'live' ? read(this.environment, name) : variables[name]),
      settingsWith: (prefix) => withPrefix(kind === 'live' ? this.environment : variables, prefix),
      once: (what, detail) => this.shared.demand(what, detail),
      next: () => this.next(),
      connection: (key, open, close) => this.connections.open(key, open, close),
    }
  }

  private async makeShared(key: string, detail: string): Promise<unknown> {
    const [service = '', what = ''] = key.split('.', 2)
    const make = (await this.runtime(service)).shared?.[what]
    if (!make) throw new Error(`${service} shares nothing called "${what}".`)
    return make(await this.ownAccess(service), detail)
  }

  private async kindOf(kind: string): Promise<UndoKind<unknown>> {
    const [service = '', short = ''] = kind.split('.', 2)
    const found = (await this.runtime(service)).undo[short]
    if (!found) throw new Error(`${service} declares no undo for "${short}": every creation needs one.`)
    return found
  }
}

let current: Run | undefined

/** The main thread begins the run, once everything is up. */
export function startRun(resolved: Resolved, environment: Environment, redactor: Redactor, facts: RunFacts): Run {
  current = new Run(resolved, environment, redactor, facts)
  return current
}

/** The notes in the summary; empty on a dry run, which starts no run. */
export function runFacts(): RunFacts | undefined {
  return current?.facts
}

/** Each thread writes what it has seen; `npm run drift` puts them together. */
function writeShapes(runId: string, name: string, shapes: Shapes): void {
  const folder = join('reports', runId, 'shapes')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(shapes.recording(), null, 1)}\n`)
}

/** The one Run of this process or worker. */
export function theRun(): Run {
  current ??= new Run(readResolved(process.env), process.env, new Redactor([], isOrdinaryText), undefined)
  return current
}
