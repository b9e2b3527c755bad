import { randomUUID } from 'node:crypto'
import { textOf } from '../errors'
import type { Started } from './exec'
import type { ProcessWatch } from './watch'

/** A command that continues after the response. */
export interface Job {
  type: 'async'
  stdout: string
  stderr: string
  exit_code: number
  start: number
  job_id: string
  status: 'running' | 'completed' | 'error' | 'killed'
  pid?: number | undefined
  elapsed_s?: number
}

const MOST = 100
const KEPT_FOR = 3_600_000

interface Kept {
  projectId: string
  job: Job
  done: Promise<void>
  said: Started['said']
}

/** Commands run in the background, kept for an hour, a hundred at most. */
export class Jobs {
  private readonly kept = new Map<string, Kept>()

  begin(projectId: string, { pid, outcome, said }: Started): Job {
    const job: Job = {
      type: 'async',
      stdout: '',
      stderr: '',
      exit_code: 0,
      start: Date.now(),
      job_id: randomUUID(),
      status: 'running',
      pid,
    }
    const done = outcome.then(
      ({ stdout, stderr, exit_code }) => finish(job, { stdout, stderr, exit_code, status: 'completed' }),
      (error: unknown) => finish(job, { stdout: '', stderr: textOf(error), exit_code: 1, status: 'error' }),
    )
    const begun = { ...job }
    this.kept.set(job.job_id, { projectId, job, done, said })
    this.tidy()
    return begun
  }

  /** @param wait until it has ended */
  async get(projectId: string, id: string, wait: boolean): Promise<Job> {
    const kept = this.kept.get(id)
    if (kept?.projectId !== projectId) throw new Error(`Async operation '${id}' does not exist.`)
    if (wait) await kept.done
    return kept.job.status === 'running' ? { ...kept.job, ...kept.said() } : kept.job
  }

  stopAll(projectId: string, watch: ProcessWatch): void {
    for (const { job, projectId: whose } of this.kept.values()) {
      if (whose === projectId && job.status === 'running' && job.pid) watch.kill(job.pid)
    }
  }

  private tidy(): void {
    for (const [id, { job }] of this.kept) {
      if (this.kept.size > MOST || Date.now() - job.start > KEPT_FOR) this.kept.delete(id)
    }
  }
}

function finish(job: Job, end: Pick<Job, 'stdout' | 'stderr' | 'exit_code' | 'status'>): void {
  Object.assign(job, end, { elapsed_s: (Date.now() - job.start) / 1_000 })
}
