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
  projectId: string
  alive: boolean
  folder: string
}

const WARM = 2
const IDLE = 30 * 60_000
/** A cell that does not stop when interrupted is killed with its kernel. */
const STUBBORN = 5_000

/** Kernels of all projects. Each execution has a fresh one, and leaves its number in the list. */
export class Kernels {
  private driver: Promise<KernelDriver> | undefined
  private readonly listed = new Map<string, Kernel[]>()
  private readonly warm = new Map<string, Kernel[]>()
  private readonly idle = new Map<string, NodeJS.Timeout>()
  private serial = 0
  private closed = false

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
    return (this.listed.get(projectId) ?? []).map(({ pid, connectionFile }) => ({ pid, connectionFile }))
  }

  everyList(): ReadonlyMap<string, readonly Listed[]> {
    return new Map([...this.listed.keys()].map((projectId) => [projectId, this.list(projectId)]))
  }

  /** @returns whether it was in the list; one that is dead already counts as stopped */
  stop(projectId: string, pid: unknown): boolean {
    const all = this.listed.get(projectId) ?? []
    const kernel = all.find((one) => one.pid === pid)
    if (!kernel) return false
    this.kill(kernel)
    this.listed.set(
      projectId,
      all.filter((one) => one !== kernel),
    )
    return true
  }

  /** The project stops: its kernels end, and the list is empty again. */
  clear(projectId: string): void {
    for (const kernel of this.listed.get(projectId) ?? []) this.kill(kernel)
    this.listed.delete(projectId)
    this.warm.delete(projectId)
    clearTimeout(this.idle.get(projectId))
  }

  close(): void {
    this.closed = true
    for (const projectId of [...this.listed.keys()]) this.clear(projectId)
    void this.driver?.then(
      (driver) => driver.close(),
      () => undefined,
    )
  }

  /** History and input in a kernel of its own, which then ends. @returns the outputs of the input */
  async execute(projectId: string, wish: Execution): Promise<Output[]> {
    if (!this.specs().some(({ name }) => name === wish.kernel)) throw unknownKernel(wish, this.specs())
    const kernel = await this.take(projectId)
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
      void this.replenish(projectId, wish.pool ?? WARM).catch(() => undefined)
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

  private async take(projectId: string): Promise<Kernel> {
    const warm = this.warm.get(projectId) ?? []
    for (let kernel = warm.shift(); kernel; kernel = warm.shift()) if (kernel.alive) return kernel
    return this.launch(projectId)
  }

  private async replenish(projectId: string, size: number): Promise<void> {
    const warm = this.warm.get(projectId) ?? []
    this.warm.set(projectId, warm)
    while (!this.closed && this.host.isRunning(projectId) && warm.filter(({ alive }) => alive).length < size) {
      const kernel = await this.launch(projectId)
      if (this.warm.get(projectId) === warm && warm.length < size) warm.push(kernel)
      else this.kill(kernel)
    }
    clearTimeout(this.idle.get(projectId))
    this.idle.set(projectId, setTimeout(() => warm.splice(0).map((kernel) => this.kill(kernel)), IDLE).unref())
  }

  private async launch(projectId: string): Promise<Kernel> {
    const driver = await this.started()
    const home = await this.host.home(projectId)
    const folder = await mkdtemp(join(this.host.short('k'), 'cell-'))
    await mkdir(join(home, '.local/share/jupyter/runtime'), { recursive: true })
    const connectionFile = join(home, `.local/share/jupyter/runtime/kernel-${randomUUID()}.json`)
    const place = { projectId, home, shims: this.host.shims, scripts: this.host.folder }
    const wish = { file: connectionFile, socket: this.host.short(`k/${++this.serial}`), cwd: folder, env: environmentOf(place) }
    const kernel: Kernel = { pid: 0, connectionFile, projectId, alive: true, folder }
    await driver.launch(wish, (pid) => this.enlist(Object.assign(kernel, { pid })))
    return kernel
  }

  private enlist(kernel: Kernel): void {
    this.host.watch.add(kernel.pid)
    this.listed.set(kernel.projectId, [...(this.listed.get(kernel.projectId) ?? []), kernel])
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
