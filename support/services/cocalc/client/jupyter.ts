import { z } from 'zod'
import { parseResponse } from '../../../assertions/contract'
import { type Bridge, withTimeout } from '../bridge'
import { executed, type KernelSpec, kernelSpec, type Output } from '../contract'

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
    const answer = await this.bridge.call('jupyter.kernels', { project_id: projectId }, { timeout: 60_000 })
    return parseResponse(z.array(kernelSpec), answer, 'kernels of a project')
  }

  async execute(projectId: string, cell: Cell): Promise<Output[]> {
    const args = { kernel: PYTHON, timeout: CELL_TIMEOUT, ...cell, project_id: projectId }
    const answer = await this.bridge.call('jupyter.execute', args, withTimeout(args.timeout))
    return parseResponse(executed, answer, 'an execution').output
  }
}
