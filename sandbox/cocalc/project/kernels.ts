import { randomUUID } from 'node:crypto'
import { rmSync, statSync } from 'node:fs'
import { mkdir, mkdtemp } from 'node:fs/promises'
import { isAbsolute, join } from 'node:path'
import { environmentOf } from './command'
import { KernelDriver, type Output } from './driver'
import type { ProjectHost } from './host'
import { type Execution, type KernelSpec, type Limits, specsWith, unknownKernel } from './kernel-specs'

export interface Listed {
  pid: number
  connectionFile: string
}

interface Kernel extends Listed {
  alive: boolean
  folder: string
}

/** The kernels of a project while it runs; the next time it runs it has another. */
interface Pool {
  readonly projectId: string
  listed: Kernel[]
  readonly warm: Kernel[]
  idle?: NodeJS.Timeout
  ended: boolean
}

const WARM = 2
const IDLE = 30 * 60_000
/** A cell that does not stop when interrupted is killed with its kernel. */
const STUBBORN = 5_000

/** Kernels of all projects. Each execution has a fresh one, and leaves its number in the list. */
export class Kernels {
  private driver: Promise<KernelDriver> | undefined
  private readonly pools = new Map<string, Pool>()
  private serial = 0

  constructor(private readonly host: ProjectHost) {}

  specs(): KernelSpec[] {
    return specsWith(this.host.pythons)
  }

  /** What computes, for reports; nothing where this machine has no Python. */
  async label(): Promise<string | undefined> {
    if (this.host.pythons.length === 0) return undefined
    const { version, hasIpykernel } = await this.started()
    const kernel = hasIpykernel ? 'ipykernel' : 'a plain interpreter'
    return `${kernel} of Python ${version} (commands that install it are answered by the sandbox)`
  }

  list(projectId: string): Listed[] {
    return (this.pools.get(projectId)?.listed ?? []).map(({ pid, connectionFile }) => ({ pid, connectionFile }))
  }

  everyList(): ReadonlyMap<string, readonly Listed[]> {
    return new Map([...this.pools.keys()].map((projectId) => [projectId, this.list(projectId)]))
  }

  /** @returns whether it was in the list; one that is dead already counts as stopped */
  stop(projectId: string, pid: unknown): boolean {
    const pool = this.pools.get(projectId)
    const kernel = pool?.listed.find((one) => one.pid === pid)
    if (!pool || !kernel) return false
    this.kill(kernel)
    pool.listed = pool.listed.filter((one) => one !== kernel)
    return true
  }

  /** The project stops: its kernels end, those still starting too, and the list is empty again. */
  clear(projectId: string): void {
    const pool = this.pools.get(projectId)
    if (!pool) return
    this.pools.delete(projectId)
    pool.ended = true
    clearTimeout(pool.idle)
    for (const kernel of pool.listed) this.kill(kernel)
  }

  close(): void {
    for (const projectId of [...this.pools.keys()]) this.clear(projectId)
    void this.driver?.then(
      (driver) => driver.close(),
      () => undefined,
    )
  }

  /** History and input in a kernel of its own, which then ends. @returns the outputs of the input */
  async execute(projectId: string, wish: Execution): Promise<Output[]> {
    if (!this.specs().some(({ name }) => name === wish.kernel)) throw unknownKernel(wish, this.specs())
    const pool = this.poolOf(projectId)
    const kernel = await this.take(pool)
    const deadline = Date.now() + wish.limits.totalSeconds * 1_000
    try {
      const folder = wish.path ? this.folderOf(projectId, wish.path) : undefined
      if (folder) await this.run(kernel, `__import__('os').chdir(${JSON.stringify(folder)})`, wish.limits, deadline)
      const history = wish.history.join('\n')
      if (history.trim()) await this.run(kernel, history, wish.limits, deadline)
      return await this.run(kernel, wish.input, wish.limits, deadline)
    } finally {
      this.kill(kernel)
      // Where none can be warmed up, the next execution launches one itself, and says what is wrong.
      void this.replenish(pool, wish.pool ?? WARM).catch(() => undefined)
    }
  }

  private async run(kernel: Kernel, code: string, limits: Limits, deadline: number): Promise<Output[]> {
    const driver = await this.started()
    const left = Math.max(0, Math.min(limits.cellSeconds * 1_000, deadline - Date.now()))
    const interrupt = setTimeout(() => interruptAt(kernel), left)
    const end = setTimeout(() => this.kill(kernel), left + STUBBORN)
    try {
      return await driver.execute(kernel.pid, code, Math.min(limits.cellCharacters, limits.totalCharacters))
    } finally {
      clearTimeout(interrupt)
      clearTimeout(end)
    }
  }

  /** Where it is absolute or below HOME and there; a bad path is passed over. */
  private folderOf(projectId: string, path: string): string | undefined {
    const whole = isAbsolute(path) ? path : join(this.host.homePath(projectId), path)
    return statSync(whole, { throwIfNoEntry: false })?.isDirectory() ? whole : undefined
  }

  private poolOf(projectId: string): Pool {
    const pool = this.pools.get(projectId) ?? { projectId, listed: [], warm: [], ended: false }
    this.pools.set(projectId, pool)
    return pool
  }

  private async take(pool: Pool): Promise<Kernel> {
    for (let kernel = pool.warm.shift(); kernel; kernel = pool.warm.shift()) if (kernel.alive) return kernel
    return this.launch(pool)
  }

  private async replenish(pool: Pool, size: number): Promise<void> {
    while (!pool.ended && pool.warm.filter(({ alive }) => alive).length < size) {
      const kernel = await this.launch(pool)
      if (pool.warm.length < size) pool.warm.push(kernel)
      else this.kill(kernel)
    }
    if (pool.ended) return
    clearTimeout(pool.idle)
    pool.idle = setTimeout(() => pool.warm.splice(0).map((kernel) => this.kill(kernel)), IDLE).unref()
  }

  private async launch(pool: Pool): Promise<Kernel> {
    const driver = await this.started()
    const home = await this.host.home(pool.projectId)
    const folder = await mkdtemp(join(this.host.short('k'), 'cell-'))
    await mkdir(join(home, '.local/share/jupyter/runtime'), { recursive: true })
    const connectionFile = join(home, `.local/share/jupyter/runtime/kernel-${randomUUID()}.json`)
    const place = { projectId: pool.projectId, home, shims: this.host.shims, scripts: this.host.folder }
    const wish = { file: connectionFile, socket: this.host.short(`k/${++this.serial}`), cwd: folder, env: environmentOf(place) }
    const kernel: Kernel = { pid: 0, connectionFile, alive: true, folder }
    await driver.launch(wish, (pid) => this.enlist(pool, Object.assign(kernel, { pid })))
    return kernel
  }

  /** One born after its project has stopped ends at once. */
  private enlist(pool: Pool, kernel: Kernel): void {
    this.host.watch.add(kernel.pid)
    if (pool.ended) this.kill(kernel)
    else pool.listed.push(kernel)
  }

  private kill(kernel: Kernel): void {
    if (!kernel.alive || kernel.pid === 0) return
    kernel.alive = false
    this.host.watch.kill(kernel.pid)
    this.host.watch.ended(kernel.pid)
    rmSync(kernel.folder, { recursive: true, force: true })
    void this.driver?.then(
      (driver) => driver.forget(kernel.pid),
      () => undefined,
    )
  }

  /** One driver serves all projects; one that died is replaced. */
  private started(): Promise<KernelDriver> {
    const { pythons, watch, folder } = this.host
    const known: Promise<KernelDriver | undefined> = this.driver?.catch(() => undefined) ?? Promise.resolve(undefined)
    this.driver = known.then((driver) => (driver?.isAlive ? driver : KernelDriver.start(pythons, watch, folder)))
    return this.driver
  }
}

function interruptAt({ pid, alive }: Kernel): void {
  if (alive && pid > 0) process.kill(pid, 'SIGINT')
}
