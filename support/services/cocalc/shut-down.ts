import { expect } from 'chai'
import { eventually } from '../../assertions/eventually'
import type { Hub } from './client/client'

/** Transitional states of a project, in which something is running or about to run. */
const TRANSITIONS = ['starting', 'stopping', 'opening', 'closing', 'pending', 'archiving', 'unarchiving']
const RUNNING = 'running'

/** Timeouts for each part of shutting down, in milliseconds. */
export interface ShutDownTimes {
  /** Until a transition under way has ended. */
  transition: number
  /** Until no kernel is listed any more. */
  kernels: number
  /** Time without a new kernel, because a pool may still be launching one. */
  quiet: number
}

export const LIVE_TIMES: ShutDownTimes = { transition: 25_000, kernels: 15_000, quiet: 1_000 }
export const SANDBOX_TIMES: ShutDownTimes = { transition: 5_000, kernels: 5_000, quiet: 50 }

/**
 * Ends everything that runs in a project: its kernels, which may outlive it, and the project. CoCalc ignores a stop during a transition,
 * so this waits for the end of the transition first, and then for the stopped state.
 * @param markDeleted is called when the project was stopped; if it was started again in the meantime, it is stopped again
 * @throws where something was not seen to have ended
 */
export async function shutDown(hub: Hub, id: string, times: ShutDownTimes, markDeleted: () => Promise<void>): Promise<void> {
  const failures: unknown[] = []
  const ended = (): Promise<void> =>
    end(hub, id, times).catch((error: unknown) => {
      failures.push(error)
    })
  await ended()
  await markDeleted()
  await eventually(
    async () => {
      const state = await stateOf(hub, id)
      if (state === RUNNING) await ended()
      expect([RUNNING, ...TRANSITIONS], 'states in which the project is not stopped').to.not.include(state)
    },
    { timeout: times.transition },
  )
  if (failures.length > 0) throw failures[0]
}

async function end(hub: Hub, id: string, times: ShutDownTimes): Promise<void> {
  const state = await eventually(
    async () => {
      const now = await stateOf(hub, id)
      expect(TRANSITIONS, 'states in which the project cannot be stopped').to.not.include(now)
      return now
    },
    { timeout: times.transition },
  )
  if (state !== RUNNING) return
  try {
    await stopKernels(hub, id, times)
  } finally {
    await hub.projects.stop(id)
  }
}

async function stateOf(hub: Hub, id: string): Promise<string> {
  return (await hub.projects.state(id)).state
}

/** A project with kernels keeps a few warm and may be launching the next one. */
async function stopKernels(hub: Hub, id: string, { kernels, quiet }: ShutDownTimes): Promise<void> {
  const { system } = hub.project(id)
  let lastSeen: number | undefined
  await eventually(
    async () => {
      const pids = (await system.listJupyterKernels()).map(({ pid }) => pid)
      if (pids.length > 0) lastSeen = Date.now()
      for (const pid of pids) await system.stopJupyterKernel(pid)
      expect(pids, 'kernels of the project that are still listed').to.deep.equal([])
      if (lastSeen !== undefined) expect(Date.now() - lastSeen, 'for how long no kernel has come up, in ms').to.be.at.least(quiet)
    },
    { timeout: kernels },
  )
}
