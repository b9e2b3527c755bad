import { setTimeout as pause } from 'node:timers/promises'
import type { State } from '../../kit/state'
import type { Body } from './credentials'
import type { ConnectorState } from './stores'

export const RUN_STATUSES = [
  'RUNNING',
  'COMPLETED',
  'FAILED',
  'CANCELED',
  'TERMINATED',
  'TIMED_OUT',
  'CONTINUED_AS_NEW',
  'UNKNOWN',
] as const
export type RunStatus = (typeof RUN_STATUSES)[number]

/** One execution as its history shows it, without credentials. */
export interface RunRow {
  workflowId: string
  runId: string
  /** `<app>` for the app's own run, else `<app>:<entrypoint>`. */
  type: string
  status: RunStatus
  /** Epoch milliseconds; absent where it has not begun. */
  startedAt?: number
  closedAt?: number
  input: Body
  memo: Body
  result?: unknown
  failure?: string
}

export interface Order {
  workflowId: string
  type: string
  input: Body
  memo: Body
  /** Milliseconds. */
  timeout?: number | undefined
  work(run: { runId: string; signal: AbortSignal }): Promise<unknown>
}

/** An unknown run. */
export class NoSuchRun extends Error {}

/** The result of a run was requested that had failed. */
export class RunFailed extends Error {}

/** A result that exists but cannot be decoded. */
export class UndecodableResult extends Error {
  override name = 'UndecodableResult'
}

export interface Engine {
  /** @throws where a run of that id is under way */
  start(order: Order): Promise<{ runId: string }>
  /** The latest run of an id, or the one named. @throws NoSuchRun */
  describe(workflowId: string, runId?: string): Promise<RunRow>
  /** Waits for the end of the latest run. @throws NoSuchRun, RunFailed, UndecodableResult */
  result(workflowId: string): Promise<unknown>
  /** @throws NoSuchRun also for what is closed already */
  terminate(workflowId: string, runId: string): Promise<void>
}

const LONGEST_STOP = 5_000

/** The small durable engine behind the sandbox: runs are visible at once, and end completed, failed, terminated or timed out. */
export class RunEngine implements Engine {
  private readonly closing = new Map<string, { abort: AbortController; closed: Promise<void> }>()
  /** The code of runs that is still executed, also of those that were ended from outside. */
  private readonly working = new Set<Promise<void>>()

  constructor(
    private readonly state: State<ConnectorState>,
    private readonly uuid: () => string,
    /** False: a run does not end by itself. */
    private readonly mayClose: () => boolean = () => true,
  ) {}

  async start({ workflowId, type, input, memo, timeout, work }: Order): Promise<{ runId: string }> {
    if (this.latest(workflowId)?.status === 'RUNNING') throw new Error(`${workflowId} is running already`)
    const runId = this.uuid()
    this.state.now.runs.set(runId, { workflowId, runId, type, status: 'RUNNING', startedAt: Date.now(), input, memo })
    const abort = new AbortController()
    const closed = new Promise<void>((resolve) => abort.signal.addEventListener('abort', () => resolve(), { once: true }))
    const late = timeout === undefined ? undefined : setTimeout(() => this.close(runId, { status: 'TIMED_OUT' }), timeout)
    late?.unref()
    this.closing.set(runId, { abort, closed })
    setImmediate(() => {
      const working = work({ runId, signal: abort.signal })
        .then(
          (result) => this.ended(runId, { status: 'COMPLETED', result }),
          (error: unknown) =>
            this.ended(runId, { status: 'FAILED', failure: error instanceof Error ? error.message : String(error) }),
        )
        .finally(() => {
          clearTimeout(late)
          this.working.delete(working)
        })
      this.working.add(working)
    })
    return { runId }
  }

  async describe(workflowId: string, runId?: string): Promise<RunRow> {
    const row = runId ? this.state.now.runs.get(runId) : this.latest(workflowId)
    if (row?.workflowId !== workflowId) throw new NoSuchRun(workflowId)
    return row
  }

  async result(workflowId: string): Promise<unknown> {
    const { runId } = await this.describe(workflowId)
    await this.closing.get(runId)?.closed
    const row = await this.describe(workflowId, runId)
    if (row.status !== 'COMPLETED') throw new RunFailed(row.status)
    return row.result
  }

  async terminate(workflowId: string, runId: string): Promise<void> {
    const row = await this.describe(workflowId, runId)
    if (row.status !== 'RUNNING') throw new NoSuchRun(workflowId)
    this.close(row.runId, { status: 'TERMINATED' })
  }

  /** Aborts all runs when the sandbox stops, and waits until they write no more files, a few seconds at most. */
  async stop(): Promise<void> {
    for (const { abort } of this.closing.values()) abort.abort()
    this.closing.clear()
    await Promise.race([Promise.all(this.working), pause(LONGEST_STOP, undefined, { ref: false })])
  }

  /** Ends a run from outside: canceled, timed out. */
  end(runId: string, status: RunStatus): void {
    this.close(runId, { status })
  }

  private ended(runId: string, end: Pick<RunRow, 'status' | 'result' | 'failure'>): void {
    if (this.mayClose()) this.close(runId, end)
  }

  /** The first end counts; what the run's code does afterwards changes nothing. */
  private close(runId: string, end: Pick<RunRow, 'status' | 'result' | 'failure'>): void {
    const row = this.state.now.runs.get(runId)
    if (row?.status === 'RUNNING') Object.assign(row, end, { closedAt: Date.now() })
    // Only after the response of the call that ended it: if a fault loses that end, the run continues.
    setImmediate(() => this.release(runId))
  }

  /** Releases a run that has ended: aborts its code, which also resolves what waits for its end. */
  private release(runId: string): void {
    if (this.state.now.runs.get(runId)?.status === 'RUNNING') return
    this.closing.get(runId)?.abort.abort()
    this.closing.delete(runId)
  }

  private latest(workflowId: string): RunRow | undefined {
    return [...this.state.now.runs.values()].findLast((row) => row.workflowId === workflowId)
  }
}
