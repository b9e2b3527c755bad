import { z } from 'zod'
import { parseResponse } from '../../../assertions/contract'
import { sendOrFind } from '../../../http/lost'
import { type Bridge, withTimeout } from '../bridge'
import { type Kernel, kernel, type Output, output, pong, type Ran, ran, stopped, whichProject } from '../contract'
import { CELL_TIMEOUT, type Cell, PYTHON } from './jupyter'

export interface Command {
  command: string
  args?: readonly string[]
  path?: string
  cwd?: string
  /** Seconds. */
  timeout?: number
  max_output?: number
  bash?: boolean
  env?: Readonly<Record<string, string>>
}

const READS_OR_WAITS = /^(?:cat|date|echo|exit|false|ls|pwd|sleep|true|uname)\b/
const INTO_A_FILE = />(?!&\d)/
const SUBSTITUTED = /[`$]/

/** Whether a command only reads, prints or waits, so that it may be repeated where its response was lost. */
export function changesNothing({ command, args = [], bash = false }: Command): boolean {
  if (!bash) return READS_OR_WAITS.test(command)
  const words = [command.replaceAll(/'[^']*'/g, 'text'), ...args].join(' ')
  const parts = words.split(/&&|\|\||[;|\n]|&(?!\d)/)
  return !INTO_A_FILE.test(words) && !SUBSTITUTED.test(words) && parts.every((part) => READS_OR_WAITS.test(part.trim()))
}

/** Functions that run inside one project; any call starts it. */
export class ProjectSystem {
  constructor(private readonly bridge: Bridge) {}

  async ping(): Promise<{ now: number }> {
    return parseResponse(pong, await this.bridge.call('system.ping'), 'the response of a project to a ping')
  }

  async test(): Promise<{ project_id: string; server_time: number }> {
    return parseResponse(whichProject, await this.bridge.call('system.test'), 'the identity of a project')
  }

  /** @throws ApiError of code `command` where it exits with another code than 0 or takes too long */
  async exec(command: Command): Promise<Ran> {
    const repeats = { idempotent: changesNothing(command) }
    const response = await this.bridge.call('system.exec', { ...command }, withTimeout(command.timeout), repeats)
    return parseResponse(ran, response, 'a command that ran')
  }

  async jupyterExecute(cell: Cell): Promise<Output[]> {
    const args = { kernel: PYTHON, timeout: CELL_TIMEOUT, ...cell }
    const response = await this.bridge.call('system.jupyterExecute', args, withTimeout(args.timeout))
    return parseResponse(z.array(output), response, 'outputs of a cell')
  }

  /** Every kernel the project has launched since it started and that was not stopped, also those that have ended. */
  async listJupyterKernels(): Promise<Kernel[]> {
    return parseResponse(z.array(kernel), await this.bridge.call('system.listJupyterKernels'), 'kernels that run')
  }

  /** @param pid of a kernel that is listed. @returns whether it was among those listed */
  async stopJupyterKernel(pid: number): Promise<boolean> {
    const stop = async (): Promise<boolean> =>
      parseResponse(stopped, await this.bridge.call('system.stopJupyterKernel', { pid }), 'the end of a kernel').success
    const isStopped = async (): Promise<true | undefined> =>
      (await this.listJupyterKernels()).some((one) => one.pid === pid) ? undefined : true
    return sendOrFind(stop, isStopped)
  }
}
