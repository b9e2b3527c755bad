import { statSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import { text } from '../values'
import { KernelDriver, type Output } from './driver'
import type { ProjectHost } from './host'
import { type Kernel, KernelPool, type Listed } from './kernel-pool'

/** An execution: its code, its kernel and its time limit. */
export interface Execution {
  kernel: string
  history: readonly string[]
  input: string
  path?: string | undefined
  limits: Limits
  /** Prefix of the error for an unknown kernel: the hub adds its own `Error: `. */
  refusalPrefix: string
  /** How many kernels are kept warm afterwards. */
  pool?: number
}

/** Limits of an execution where the caller sets none: seconds and characters. */
export const LIMITS = { totalSeconds: 45, cellSeconds: 30, cellCharacters: 1_000_000, totalCharacters: 5_000_000 }

export type Limits = typeof LIMITS

/** Kernel and code as callers of the hub and of projects give them. */
export function cellIn({ kernel, history, input, path }: Record<string, unknown>) {
  return {
    kernel: String(kernel).trim().toLowerCase(),
    history: Array.isArray(history) ? history.map(String) : [],
    input: String(input),
    path: text(path),
  }
}

const PYTHON = {
  name: 'python3',
  display_name: 'Python 3',
  language: 'python',
  interrupt_mode: 'signal',
  env: {},
  metadata: { debugger: true },
  resource_dir: '/usr/share/jupyter/kernels/python3',
  argv: ['python3', '-m', 'ipykernel_launcher', '-f', '{connection_file}'],
}

type KernelSpec = typeof PYTHON

const WARM = 2
/** A cell that does not stop when interrupted is killed with its kernel. */
const STUBBORN = 5_000

/** Kernels of all projects. Each execution has a new one, whose process id stays in the list. */
export class Kernels {
  private driver: Promise<KernelDriver> | undefined
  private readonly pools = new Map<string, KernelPool>()
  /** Pools of stopped projects whose kernels continue. */
  private readonly detached: KernelPool[] = []

  constructor(private readonly host: ProjectHost) {}

  /** Only Python's, where this machine has a Python. */
  specs(): KernelSpec[] {
    return this.host.pythons.length > 0 ? [PYTHON] : []
  }

  /** The Python in use, for reports; undefined where this machine has none. */
  async label(): Promise<string | undefined> {
    if (this.host.pythons.length === 0) return undefined
    const { version, hasIpykernel } = await this.started()
    const kernel = hasIpykernel ? 'ipykernel' : 'a plain interpreter'
    return `${kernel} of Python ${version} (commands that install it are answered by the sandbox)`
  }

  list(projectId: string): Listed[] {
    return this.pools.get(projectId)?.list() ?? []
  }

  everyList(): ReadonlyMap<string, readonly Listed[]> {
    return new Map([...this.pools].map(([projectId, pool]) => [projectId, pool.list()]))
  }

  stop(projectId: string, pid: unknown): boolean {
    return this.pools.get(projectId)?.stop(pid) ?? false
  }

  /** The project stops, and the list is empty again. */
  clear(projectId: string): void {
    this.pools.get(projectId)?.end()
    this.pools.delete(projectId)
  }

  /** The project stops, its kernels continue, and the list is empty again. */
  detach(projectId: string): void {
    const pool = this.pools.get(projectId)
    this.pools.delete(projectId)
    if (!pool) return
    pool.detach()
    this.detached.push(pool)
  }

  /** Kernels with a running process, listed or not. */
  alive(): { projectId: string; pid: number }[] {
    return [...this.pools.values(), ...this.detached].flatMap((pool) => pool.alive())
  }

  close(): void {
    for (const projectId of [...this.pools.keys()]) this.clear(projectId)
    for (const pool of this.detached) pool.end()
    void this.driver?.then(
      (driver) => driver.close(),
      () => undefined,
    )
  }

  /** Runs history and input in a new kernel, which then ends. @returns the outputs of the input */
  async execute(projectId: string, execution: Execution): Promise<Output[]> {
    if (!this.specs().some(({ name }) => name === execution.kernel)) throw unknownKernel(execution, this.specs())
    const pool = this.poolOf(projectId)
    const kernel = await pool.take()
    const deadline = Date.now() + execution.limits.totalSeconds * 1_000
    const run = (code: string): Promise<Output[]> => this.run(pool, kernel, code, { limits: execution.limits, deadline })
    try {
      const folder = execution.path ? this.folderOf(projectId, execution.path) : undefined
      if (folder) await run(`__import__('os').chdir(${JSON.stringify(folder)})`)
      const history = execution.history.join('\n')
      if (history.trim()) await run(history)
      return await run(execution.input)
    } finally {
      pool.kill(kernel)
      // Where warming up fails, the next execution launches a kernel itself and reports the error.
      void pool.replenish(execution.pool ?? WARM).catch(() => undefined)
    }
  }

  private async run(pool: KernelPool, kernel: Kernel, code: string, { limits, deadline }: Within): Promise<Output[]> {
    const left = Math.max(0, Math.min(limits.cellSeconds * 1_000, deadline - Date.now()))
    const interrupt = setTimeout(() => this.host.watch.signal(kernel.pid, 'SIGINT'), left)
    const end = setTimeout(() => pool.kill(kernel), left + STUBBORN)
    try {
      return await kernel.driver.execute(kernel.pid, code, Math.min(limits.cellCharacters, limits.totalCharacters))
    } finally {
      clearTimeout(interrupt)
      clearTimeout(end)
    }
  }

  /** An existing folder that is absolute or below HOME; an invalid path is ignored. */
  private folderOf(projectId: string, path: string): string | undefined {
    const whole = isAbsolute(path) ? path : join(this.host.homePath(projectId), path)
    return statSync(whole, { throwIfNoEntry: false })?.isDirectory() ? whole : undefined
  }

  private poolOf(projectId: string): KernelPool {
    const pool = this.pools.get(projectId) ?? new KernelPool(projectId, this.host, () => this.started())
    this.pools.set(projectId, pool)
    return pool
  }

  /** One driver serves all projects; one that has ended is replaced. */
  private started(): Promise<KernelDriver> {
    const { pythons, watch, folder } = this.host
    const known: Promise<KernelDriver | undefined> = this.driver?.catch(() => undefined) ?? Promise.resolve(undefined)
    this.driver = known.then((driver) => (driver?.isAlive ? driver : KernelDriver.start(pythons, watch, folder)))
    return this.driver
  }
}

interface Within {
  limits: Limits
  /** Deadline of the whole execution. */
  deadline: number
}

function unknownKernel({ kernel, refusalPrefix }: Execution, specs: readonly KernelSpec[]): Error {
  const known = JSON.stringify(specs.map(({ name }) => name))
  const lines = [
    `${refusalPrefix}**Unable to Spawn Jupyter Kernel:**`,
    '',
    `Error: No spec available for kernel "${kernel}".  Available specs: ${known} `,
    '',
    'See which kernels the project has by listing them,',
    'or install the one that is missing.',
  ]
  return new Error(lines.join('\n'))
}
