import { ApiError } from '../../http/errors'
import { UsageError } from '../../config/errors'
import type { ProbeLine, ServiceAccess, ServiceRuntime } from '../service'
import { __Name__Client } from './client'
import { undo } from './undo'

/** What a run needs of __title__ beyond its description. */
export const runtime: ServiceRuntime<__Name__Client> = { undo, clients: (access, by) => __Name__Client.of(access, by), check, probe }

async function check(access: ServiceAccess): Promise<void> {
  try {
    await (await __Name__Client.of(access, 'Ada')).things()
  } catch (error) {
    if (!(error instanceof ApiError && error.isRefusal)) throw error
    throw new UsageError(`__title__ does not take __NAME___TOKEN (${error.failure.code ?? error.status}): set a valid one.`)
  }
}

async function probe(access: ServiceAccess): Promise<ProbeLine[]> {
  const count = (await (await __Name__Client.of(access, 'Ada')).things()).length
  return [{ ok: true, says: `Ada’s token works; ${count} things are there` }]
}
