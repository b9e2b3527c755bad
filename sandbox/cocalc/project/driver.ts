import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { unrefChild } from '../../backing/guard'
import { BareError } from '../errors'
import type { ProcessWatch } from './watch'

/** One output of a cell, as notebooks have it, without the fields that only documents need. */
export type Output = Record<string, unknown>

interface DriverResponse {
  id?: number
  ipykernel?: boolean
  version?: string
  pid?: number
  started?: boolean
  outputs?: Output[]
  error?: string
}

interface Waiting {
  resolve: (response: DriverResponse) => void
  reject: (error: Error) => void
  /** Receives the process id as soon as it is known, before the kernel is ready. */
  onSpawn?: (pid: number) => void
}

export interface KernelOptions {
  file: string
  socket: string
  cwd: string
  env: Record<string, string>
}

const SCRIPT = join(__dirname, '..', 'kernel', 'driver.py')

/** The Python process that starts kernels and runs cells in them. */
export class KernelDriver {
  private serial = 0
  private readonly waiting = new Map<number, Waiting>()

  private constructor(
    private readonly child: ChildProcessWithoutNullStreams,
    readonly version: string,
    readonly hasIpykernel: boolean,
  ) {}

  /** With the first Python that has ipykernel, else with the first one. @throws where there is none */
  static async start(pythons: readonly string[], watch: ProcessWatch, cwd: string): Promise<KernelDriver> {
    const begun = await Promise.all(pythons.map((python) => KernelDriver.begin(python, watch, cwd)))
    const able = begun.filter((one) => one !== undefined)
    const chosen = able.find(({ hasIpykernel }) => hasIpykernel) ?? able[0]
    for (const one of able) if (one !== chosen) one.close()
    if (!chosen) throw new Error('no python3 on this machine starts')
    return chosen
  }

  private static begin(python: string, watch: ProcessWatch, cwd: string): Promise<KernelDriver | undefined> {
    const child = spawn(python, ['-uB', SCRIPT], { cwd, detached: true, stdio: ['pipe', 'pipe', 'pipe'] })
    const { pid } = child
    if (pid) watch.add(pid)
    unrefChild(child)
    child.stdin.on('error', () => undefined)
    child.stderr.resume()
    return new Promise((resolve) => {
      let driver: KernelDriver | undefined
      child.once('error', () => resolve(undefined))
      child.once('exit', () => {
        if (pid) watch.ended(pid)
        driver?.ended()
        resolve(undefined)
      })
      createInterface({ input: child.stdout }).on('line', (line) => {
        const response = JSON.parse(line) as DriverResponse
        if (driver) driver.take(response)
        driver ??= new KernelDriver(child, response.version ?? '3', response.ipykernel === true)
        resolve(driver)
      })
    })
  }

  get isAlive(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null
  }

  /** @param onSpawn receives the process id before the kernel is ready */
  async launch(options: KernelOptions, onSpawn: (pid: number) => void): Promise<number> {
    const { pid } = await this.ask({ op: 'start', ...options }, onSpawn)
    if (pid === undefined) throw new Error('the kernel has no process')
    return pid
  }

  /** @throws Error `closed` where the kernel is gone */
  async execute(pid: number, code: string, limit: number): Promise<Output[]> {
    return (await this.ask({ op: 'execute', pid, code, limit })).outputs ?? []
  }

  forget(pid: number): void {
    this.send({ op: 'forget', pid })
  }

  close(): void {
    this.child.stdin.end()
  }

  private ask(what: Record<string, unknown>, onSpawn?: (pid: number) => void): Promise<DriverResponse> {
    if (!this.isAlive) return Promise.reject(new Error('closed'))
    const id = ++this.serial
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject, ...(onSpawn ? { onSpawn } : {}) })
      this.send({ id, ...what })
    })
  }

  private send(what: Record<string, unknown>): void {
    this.child.stdin.write(`${JSON.stringify(what)}\n`)
  }

  private take(response: DriverResponse): void {
    const waiting = this.waiting.get(response.id ?? 0)
    if (!waiting) return
    if (response.started) waiting.onSpawn?.(response.pid ?? 0)
    else this.waiting.delete(response.id ?? 0)
    if (response.error !== undefined)
      waiting.reject(response.error === 'timeout' ? new BareError('timeout') : new Error(response.error))
    else if (!response.started) waiting.resolve(response)
  }

  private ended(): void {
    for (const { reject } of this.waiting.values()) reject(new Error('closed'))
    this.waiting.clear()
  }
}
