import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'
import type { Answer, Task } from './worker'

export interface PoolOptions {
  service: string
  /** Cucumber's command line with the features. */
  features: readonly string[]
  jobs: number
  environment: NodeJS.ProcessEnv
}

/** How one task ended: with a result, or by a timeout. */
export type Ended<T> = { answer: T } | { hung: true }

/** Worker processes that stay alive from task to task; one that hangs is ended and replaced. */
export class Pool {
  private readonly idle: Promise<ChildProcess>[] = []
  private readonly all = new Set<ChildProcess>()

  constructor(private readonly options: PoolOptions) {
    for (let job = 0; job < options.jobs; job++) this.idle.push(this.start())
  }

  /** Runs tasks until there are no more. @param next returns undefined where there are no more */
  async work<T extends Answer>(
    next: () => { task: Task; timeout: number } | undefined,
    done: (task: Task, ended: Ended<T>) => void,
  ): Promise<void> {
    const lanes = this.idle.splice(0)
    await Promise.all(
      lanes.map(async (starting) => {
        let lane = starting
        for (let one = next(); one; one = next()) {
          const ended = await this.perform<T>(await lane, one.task, one.timeout)
          if ('hung' in ended) lane = this.start()
          done(one.task, ended)
        }
        this.idle.push(lane)
      }),
    )
  }

  async close(): Promise<void> {
    for (const worker of this.all) worker.disconnect()
    await Promise.all([...this.all].map((worker) => new Promise((resolve) => worker.once('exit', resolve))))
  }

  private perform<T>(worker: ChildProcess, task: Task, timeout: number): Promise<Ended<T>> {
    return new Promise((resolve, reject) => {
      const settle = (act: () => void): void => {
        clearTimeout(timer)
        worker.off('message', onMessage).off('exit', onExit)
        act()
      }
      const onMessage = (answer: Answer): void =>
        settle(() => ('error' in answer ? reject(new Error(answer.error)) : resolve({ answer: answer as T })))
      const onExit = (): void => settle(() => resolve({ hung: true }))
      const timer = setTimeout(() => {
        settle(() => resolve({ hung: true }))
        this.all.delete(worker)
        worker.kill('SIGKILL')
      }, timeout)
      worker.on('message', onMessage).on('exit', onExit)
      worker.send(task)
    })
  }

  private start(): Promise<ChildProcess> {
    const { service, features, environment } = this.options
    const worker = fork(join(__dirname, 'worker.ts'), [service, ...features], {
      env: environment,
      execArgv: ['--require', './support/run/typescript.js'],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    this.all.add(worker)
    worker.once('exit', () => this.all.delete(worker))
    return new Promise((resolve, reject) => {
      worker.once('message', () => resolve(worker))
      worker.once('exit', (code, signal) =>
        reject(new Error(`A worker for ${service} ended ${signal ? `by ${signal}` : `with ${code}`} before it was ready.`)),
      )
    })
  }
}
