import { z } from 'zod'
import { parseResponse } from '../../../assertions/contract'
import { type Bridge, withTimeout } from '../bridge'
import { type Executed, executed, type KernelSpec, kernelSpec } from '../contract'

export interface Cell {
  input: string
  kernel?: string
  /** Cells run before it, whose outputs do not count. */
  history?: readonly string[]
  path?: string
  /** Seconds. */
  timeout?: number
}

export const PYTHON = 'python3'
/** Seconds a cell may take, kernel and all. */
export const CELL_TIMEOUT = 90

/** Kernels of projects, by way of the hub. */
export class Jupyter {
  constructor(private readonly bridge: Bridge) {}

  async kernels(projectId: string): Promise<KernelSpec[]> {
    const response = await this.bridge.call('jupyter.kernels', { project_id: projectId }, { timeout: 60_000 })
    return parseResponse(z.array(kernelSpec), response, 'kernels of a project')
  }

  async execute(projectId: string, cell: Cell): Promise<Executed> {
    const args = { kernel: PYTHON, timeout: CELL_TIMEOUT, ...cell, project_id: projectId }
    const response = await this.bridge.call('jupyter.execute', args, withTimeout(args.timeout))
    return parseResponse(executed, response, 'an execution')
  }
}
