import { type ChildProcess, spawn } from 'node:child_process'
import { randomInt, randomUUID } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { unrefChild } from '../../backing/guard'
import { guardedFolder } from '../../backing/private-folder'
import { type Db, json } from '../database'
import { textOf } from '../errors'
import { Jobs } from './jobs'
import { Kernels } from './kernels'
import { pythons, writeShim } from './python'
import { ProcessWatch } from './watch'

type StateName = 'opened' | 'starting' | 'running' | 'stopping'

export type ProjectState = { state: StateName; ip?: string; time?: string }

/**
 * How projects start and stop: at once, kernels included, unless the control API requests the behaviour of the real server.
 */
export interface HostBehaviour {
  /** Milliseconds in `starting` and in `stopping`. */
  startTakes: number
  stopTakes: number
  /** A start or stop that is requested during a transition gets a response at once, and is ignored. */
  ignoresDuringTransition: boolean
  /** Kernels continue after their project has stopped, and are no longer listed. */
  kernelsOutlive: boolean
}

/** Running processes, whether or not a row or a list contains them. */
export interface HostProcesses {
  projects: { projectId: string; pid: number }[]
  /** Ids of projects that are starting. */
  starting: string[]
  kernels: { projectId: string; pid: number }[]
}

interface Running {
  process: ChildProcess
  startedAt: number
  sessionId: string
  ports: { hub: number; browser: number }
}

/** Quotas of a project with the default settings and no license. */
const RUN_QUOTA = {
  privileged: false,
  network: false,
  member_host: false,
  always_running: false,
  disk_quota: 3000,
  memory_limit: 1000,
  memory_request: 0,
  cpu_limit: 1,
  cpu_request: 0,
  idle_timeout: 1800,
  dedicated_disks: [],
}

const FIRST_PORT = 20_000
const LAST_PORT = 60_000

/** Where projects live and run: each has a folder as HOME and, while it runs, a process and the processes it has started. */
export class ProjectHost {
  private readonly guarded = guardedFolder('cocalc')
  readonly folder = this.guarded.folder
  readonly watch = new ProcessWatch(this.folder)
  readonly pythons = pythons()
  readonly kernels: Kernels
  readonly jobs = new Jobs()
  readonly behaviour: HostBehaviour = { startTakes: 0, stopTakes: 0, ignoresDuringTransition: false, kernelsOutlive: false }
  private isClosed = false
  private readonly states = new Map<string, ProjectState>()
  private readonly running = new Map<string, Running>()
  private readonly starting = new Map<string, Promise<void>>()
  private readonly stopping = new Map<string, Promise<void>>()

  constructor(private readonly db: Db) {
    this.kernels = new Kernels(this)
    const [python] = this.pythons
    if (python) writeShim(this.shims, python)
    mkdirSync(this.short('k'))
  }

  get shims(): string {
    return join(this.folder, 'bin')
  }

  /** A short path below the folder, for sockets, whose paths must be short. */
  short(name: string): string {
    return join(this.folder, name)
  }

  homePath(projectId: string): string {
    return join(this.folder, 'projects', projectId.toLowerCase())
  }

  async home(projectId: string): Promise<string> {
    const home = this.homePath(projectId)
    await mkdir(home, { recursive: true })
    return home
  }

  state(projectId: string): ProjectState {
    const known = this.states.get(projectId) ?? { state: 'opened', ip: '127.0.0.1', time: new Date().toISOString() }
    this.states.set(projectId, known)
    return known
  }

  /** With CoCalc's flat, dotted keys; empty unless it runs. No server listens on the ports. */
  status(projectId: string): Record<string, unknown> {
    const running = this.running.get(projectId)
    if (!running) return {}
    return {
      'project.pid': running.process.pid,
      'hub-server.port': running.ports.hub,
      'browser-server.port': running.ports.browser,
      start_ts: running.startedAt,
      session_id: running.sessionId,
    }
  }

  /** The current states, kept for stale reads. */
  statesNow(): ReadonlyMap<string, ProjectState> {
    return new Map(this.states)
  }

  processes(): HostProcesses {
    const projects = [...this.running].flatMap(
      ([
        projectId,
        {
          process: { pid },
        },
      ]) => (pid ? { projectId, pid } : []),
    )
    return { projects, starting: [...this.starting.keys()], kernels: this.kernels.alive() }
  }

  /** A start or stop that a member requests; see `ignoresDuringTransition`. */
  async request(act: 'start' | 'stop', projectId: string): Promise<void> {
    const isInTransition = this.starting.has(projectId) || this.stopping.has(projectId)
    if (!(isInTransition && this.behaviour.ignoresDuringTransition)) await this[act](projectId)
  }

  /** At once where it runs already; callers at the same time wait for one start. */
  start(projectId: string): Promise<void> {
    if (this.running.has(projectId)) return Promise.resolve()
    return once(this.starting, projectId, async () => {
      await this.stopping.get(projectId)
      await this.launch(projectId)
    })
  }

  stop(projectId: string): Promise<void> {
    return once(this.stopping, projectId, async () => {
      await this.starting.get(projectId)
      const running = this.running.get(projectId)
      if (!running) return
      await this.pass(projectId, 'stopping')
      await pause(this.behaviour.stopTakes)
      this.end(running)
      await this.ended(projectId)
    })
  }

  async close(): Promise<void> {
    this.isClosed = true
    this.kernels.close()
    for (const running of this.running.values()) this.end(running)
    this.watch.close()
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5 })
    this.guarded.watch.dismiss()
  }

  /** The project's own process is idle: it ends when the pipe closes that only this process holds open. */
  private async launch(projectId: string): Promise<void> {
    await this.pass(projectId, 'starting')
    await pause(this.behaviour.startTakes)
    if (this.isClosed) throw new Error('the server is closed')
    await this.home(projectId)
    const child = spawn('cat', [], { stdio: ['pipe', 'ignore', 'ignore'], cwd: this.homePath(projectId), detached: true })
    await new Promise<void>((resolve, reject) => child.once('spawn', resolve).once('error', reject))
    unrefChild(child)
    child.stdin?.on('error', () => undefined)
    const ports = { hub: randomInt(FIRST_PORT, LAST_PORT), browser: randomInt(FIRST_PORT, LAST_PORT) }
    this.running.set(projectId, { process: child, startedAt: Date.now(), sessionId: randomUUID(), ports })
    // It was killed from inside the project: `end` removes this listener.
    child.once('exit', () => {
      this.ended(projectId).catch((error: unknown) => process.emitWarning(`CoCalc's sandbox: ${textOf(error)}`))
    })
    await this.settle(projectId, 'running')
  }

  /** Ends everything that the project has started, kernels included unless `kernelsOutlive`. */
  private ended(projectId: string): Promise<void> {
    this.running.delete(projectId)
    if (this.behaviour.kernelsOutlive) this.kernels.detach(projectId)
    else this.kernels.clear(projectId)
    this.jobs.stopAll(projectId, this.watch)
    return this.settle(projectId, 'opened')
  }

  private end({ process: child }: Running): void {
    child.removeAllListeners('exit')
    child.kill('SIGKILL')
  }

  /** A transition, which the row of the project shows as well. */
  private async pass(projectId: string, name: 'starting' | 'stopping'): Promise<void> {
    const state: ProjectState = { state: name }
    this.states.set(projectId, state)
    await this.db.sql`UPDATE projects SET state = ${json(state)} WHERE project_id = ${projectId}`
  }

  /** The row of a project holds its state, its status and, once it has run, the quota it was started with. */
  private async settle(projectId: string, name: 'opened' | 'running'): Promise<void> {
    const state: ProjectState = { ip: '127.0.0.1', state: name, time: new Date().toISOString() }
    this.states.set(projectId, state)
    const quota = name === 'running' ? json(RUN_QUOTA) : null
    await this.db.sql`UPDATE projects SET state = ${json(state)}, status = ${json(this.status(projectId))},
      run_quota = coalesce(${quota}, run_quota) WHERE project_id = ${projectId}`
  }
}

/** An operation that is in progress for a project is not started again. */
function once(under: Map<string, Promise<void>>, projectId: string, work: () => Promise<void>): Promise<void> {
  const known = under.get(projectId)
  if (known) return known
  const begun = work().finally(() => under.delete(projectId))
  under.set(projectId, begun)
  return begun
}
