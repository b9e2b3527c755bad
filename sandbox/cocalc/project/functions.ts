import { cp, mkdtemp } from 'node:fs/promises'
import { join } from 'node:path'
import type { ProjectCall, ProjectFunctions } from '../context'
import { isRecord, list, text } from '../values'
import { type Command, readCommand } from './command'
import { start } from './exec'
import { files } from './files'
import { cellIn, LIMITS, type Limits } from './kernels'

const VERSION = 1_751_500_800

const system: ProjectFunctions = {
  ...files,
  ping: async () => ({ now: Date.now() }),
  test: async ({ projectId }) => ({ project_id: projectId, server_time: Date.now() }),
  version: async () => VERSION,
  exec,
  signal,
  jupyterExecute,
  listJupyterKernels: async ({ cocalc, projectId, moment }) =>
    moment ? moment.kernelsOf(projectId) : cocalc.host.kernels.list(projectId),
  stopJupyterKernel: async ({ cocalc, projectId, isLost }, [first]) => {
    if (!isRecord(first)) throw new TypeError(`Cannot destructure property 'pid' of '${first}' as it is ${first}.`)
    return { success: isLost || cocalc.host.kernels.stop(projectId, first.pid) }
  },
}

const editor: ProjectFunctions = { jupyterKernels: async ({ cocalc }) => cocalc.host.kernels.specs() }

/** No editor has a file open here, so there is none to be closed. */
const sync: ProjectFunctions = { close: async () => null }

/** By group and name. */
export const PROJECT: Readonly<Record<string, ProjectFunctions>> = { system, editor, sync }

async function exec(call: ProjectCall, [first]: readonly unknown[]): Promise<unknown> {
  const { host } = call.cocalc
  const options = isRecord(first) ? first : {}
  const waits = text(options.async_await)
  const job = text(options.async_get) ?? waits
  if (job !== undefined) return host.jobs.get(call.projectId, job, waits !== undefined || options.async_await === true)
  const command = await commandOf(call, options)
  const started = start(command, host.watch)
  return options.async_call ? host.jobs.begin(call.projectId, started) : started.outcome
}

/** Where a fault loses its effect, it runs in a copy of HOME. */
async function commandOf(
  { cocalc: { host }, projectId, isLost }: ProjectCall,
  options: Record<string, unknown>,
): Promise<Command> {
  const home = await host.home(projectId)
  const place = { projectId, home, shims: host.shims, scripts: host.folder }
  if (!isLost) return readCommand(place, options)
  const copy = await mkdtemp(join(host.folder, 'lost-'))
  await cp(home, copy, { recursive: true })
  return { temporary: copy, ...(await readCommand({ ...place, home: copy }, options)) }
}

/** Sends signals only to processes that this project has started. */
async function signal({ cocalc: { host } }: ProjectCall, [first]: readonly unknown[]): Promise<null> {
  const { pids = [], pid, signal: name = 2 } = isRecord(first) ? first : {}
  for (const one of [...list(pids), pid].filter((number) => typeof number === 'number')) host.watch.signal(one, name)
  return null
}

async function jupyterExecute({ cocalc, projectId }: ProjectCall, [first]: readonly unknown[]): Promise<unknown> {
  const options = isRecord(first) ? first : {}
  if (!options.kernel) throw new Error('cannot spawn since no kernel is set')
  if (options.input === undefined) return []
  const pool = isRecord(options.pool) && typeof options.pool.size === 'number' ? { pool: options.pool.size } : {}
  const limits = limitsIn(options.limits)
  return cocalc.host.kernels.execute(projectId, { ...cellIn(options), limits, refusalPrefix: '', ...pool })
}

function limitsIn(given: unknown): Limits {
  if (!isRecord(given)) return LIMITS
  const figure = (name: string, otherwise: number): number => (typeof given[name] === 'number' ? Number(given[name]) : otherwise)
  return {
    totalSeconds: figure('timeout_ms', LIMITS.totalSeconds * 1_000) / 1_000,
    cellSeconds: figure('timeout_ms_per_cell', LIMITS.cellSeconds * 1_000) / 1_000,
    cellCharacters: figure('max_output_per_cell', LIMITS.cellCharacters),
    totalCharacters: figure('max_output', LIMITS.totalCharacters),
  }
}
