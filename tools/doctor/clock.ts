import { Agents } from '../../support/http/agents'
import { send, TransportError } from '../../support/http/transport'
import type { ProbeLine } from '../../support/services/service'

const TOLERATED_SECONDS = 30

/** Difference between this machine's clock and the service's, by the `Date` header of any response; unknown without one. */
export async function clockSkew(address: string): Promise<ProbeLine[]> {
  try {
    return compared(Date.parse(await dateAt(address)))
  } catch (error) {
    if (!(error instanceof TransportError)) throw error
    return [{ ok: true, says: `the clocks could not be compared (${error.code})` }]
  }
}

async function dateAt(address: string): Promise<string> {
  const agents = new Agents()
  try {
    const { headers } = await send({ method: 'GET', url: address, headers: {}, agents, timeout: 8_000 })
    return headers.date ?? ''
  } finally {
    agents.destroy()
  }
}

function compared(date: number): ProbeLine[] {
  if (Number.isNaN(date)) return []
  const skew = Math.round((Date.now() - date) / 1_000)
  if (Math.abs(skew) <= TOLERATED_SECONDS) return [{ ok: true, says: 'the clocks agree' }]
  return [
    {
      ok: false,
      says: `this machine's clock is ${Math.abs(skew)} s ${skew > 0 ? 'ahead of' : 'behind'} the service's`,
      toDo: 'Set the clock: tokens and windows depend on it.',
    },
  ]
}
