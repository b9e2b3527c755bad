import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { mkdir, mkdtemp } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { environmentOf } from './command'
import type { KernelDriver } from './driver'
import type { ProjectHost } from './host'

export interface Listed {
  pid: number
  connectionFile: string
}

export interface Kernel extends Listed {
  ended: boolean
  readonly driver: KernelDriver
  /** Working directory of its cells unless given. */
  readonly folder: string
}

const IDLE = 30 * 60_000
const CELL = 'cell-'

/** The kernels of one project while it runs; the next run has a new pool. */
export class KernelPool {
  private listed: Kernel[] = []
  private readonly warm = new Set<Kernel>()
  private wanted = 0
  private filling: Promise<void> | undefined
  private idle: NodeJS.Timeout | undefined
  private ended = false

  constructor(
    private readonly projectId: string,
    private readonly host: ProjectHost,
    private readonly driver: () => Promise<KernelDriver>,
  ) {}

  /** Every kernel launched since the project started, including ended ones but not those that were stopped. */
  list(): Listed[] {
    return this.listed.map(({ pid, connectionFile }) => ({ pid, connectionFile }))
  }

  /** @returns whether it was in the list; one that has ended already counts as stopped */
  stop(pid: unknown): boolean {
    const kernel = this.listed.find((one) => one.pid === pid)
    if (!kernel) return false
    this.kill(kernel)
    this.listed = this.listed.filter((one) => one !== kernel)
    return true
  }

  /** The project stops: its kernels end, those still starting too. */
  end(): void {
    this.ended = true
    clearTimeout(this.idle)
    for (const kernel of this.listed) this.kill(kernel)
  }

  /** The project stops, and its kernels go on; those still starting end. */
  detach(): void {
    this.ended = true
    clearTimeout(this.idle)
  }

  alive(): { projectId: string; pid: number }[] {
    const { projectId } = this
    return this.listed.filter(lives).map(({ pid }) => ({ projectId, pid }))
  }

  /** An unused kernel, a warm one if possible. */
  async take(): Promise<Kernel> {
    for (const kernel of this.warm) {
      this.warm.delete(kernel)
      if (lives(kernel)) return kernel
      this.kill(kernel)
    }
    return this.launch()
  }

  /** Starts kernels, one after the other, until this many are warm; calls in the meantime start nothing more. */
  replenish(wanted: number): Promise<void> {
    this.wanted = wanted
    this.filling ??= this.fill().finally(() => {
      this.filling = undefined
    })
    return this.filling
  }

  private async fill(): Promise<void> {
    while (!this.ended && this.warm.size < this.wanted) {
      const kernel = await this.launch()
      if (!kernel.ended) this.warm.add(kernel)
    }
    if (this.ended) return
    clearTimeout(this.idle)
    this.idle = setTimeout(() => [...this.warm].map((kernel) => this.kill(kernel)), IDLE).unref()
  }

  kill(kernel: Kernel): void {
    this.warm.delete(kernel)
    if (kernel.ended) return
    kernel.ended = true
    rmSync(kernel.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 10 })
    if (kernel.pid === 0) return
    this.host.watch.kill(kernel.pid)
    this.host.watch.ended(kernel.pid)
    kernel.driver.forget(kernel.pid)
  }

  private async launch(): Promise<Kernel> {
    const driver = await this.driver()
    const { host, projectId } = this
    const home = await host.home(projectId)
    const folder = await mkdtemp(join(host.short('k'), CELL))
    await mkdir(join(home, '.local/share/jupyter/runtime'), { recursive: true })
    const connectionFile = join(home, `.local/share/jupyter/runtime/kernel-${randomUUID()}.json`)
    const env = environmentOf({ projectId, home, shims: host.shims, scripts: host.folder })
    const options = { file: connectionFile, socket: host.short(`k/${basename(folder).slice(CELL.length)}`), cwd: folder, env }
    const kernel: Kernel = { pid: 0, connectionFile, ended: false, driver, folder }
    try {
      await driver.launch(options, (pid) => this.enlist(Object.assign(kernel, { pid })))
    } catch (error) {
      this.kill(kernel)
      throw error
    }
    return kernel
  }

  /** A kernel that starts after its project has stopped is ended at once. */
  private enlist(kernel: Kernel): void {
    this.host.watch.add(kernel.pid)
    if (this.ended) this.kill(kernel)
    else this.listed.push(kernel)
  }
}

/** Whether its process is still there: any code in the project may have killed it. */
function lives({ pid, ended }: Kernel): boolean {
  if (ended) return false
  try {
    return process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false
    throw error
  }
}
