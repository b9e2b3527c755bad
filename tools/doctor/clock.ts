import axios, { AxiosError } from 'axios'
import { isLoopback } from '../../support/http/agents'
import type { ProbeLine } from '../../support/services/service'

const TOLERATED_SECONDS = 30

/** How far this machine's clock is from the service's, by the `Date` header of any answer; said to be unknown where none comes. */
export async function clockSkew(address: string): Promise<ProbeLine[]> {
  try {
    return compared(Date.parse(await dateAt(address)))
  } catch (error) {
    if (!(error instanceof AxiosError)) throw error
    return [{ ok: true, says: `the clocks could not be compared (${error.code ?? error.message})` }]
  }
}

async function dateAt(address: string): Promise<string> {
  const proxy = isLoopback(address) ? { proxy: false as const } : {}
  const { headers } = await axios.get(address, { validateStatus: () => true, timeout: 8_000, maxRedirects: 0, ...proxy })
  return String(headers.date ?? '')
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
