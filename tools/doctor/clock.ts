import axios from 'axios'
import type { ProbeLine } from '../../support/core/service'

const TOLERATED_SECONDS = 30

/** How far this machine's clock is from the service's, by the `Date` header of any answer. */
export async function clockSkew(address: string): Promise<ProbeLine[]> {
  const { headers } = await axios.get(address, { validateStatus: () => true, timeout: 8_000, maxRedirects: 0 })
  const date = Date.parse(String(headers.date ?? ''))
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
