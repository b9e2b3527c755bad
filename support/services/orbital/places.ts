import { randomInt } from 'node:crypto'
import type { Place } from './state'

const MINUTE = 60_000

/** Somewhere nobody else reports from, to six places behind the point. @param minutesAgo when it was */
export function somewhere(minutesAgo = 0): Place {
  const recorded_at = new Date(Date.now() - minutesAgo * MINUTE).toISOString()
  return { latitude: randomInt(-89e6, 89e6) / 1e6, longitude: randomInt(-179e6, 179e6) / 1e6, recorded_at }
}

/** Whether two positions are one: the places to the last digit, the times to the millisecond. */
export function isSame(place: Place, other: { latitude: unknown; longitude: unknown }, at: unknown): boolean {
  return (
    other.latitude === place.latitude &&
    other.longitude === place.longitude &&
    new Date(String(at)).getTime() === new Date(place.recorded_at).getTime()
  )
}

/** Reports that must be refused, each for one field, as sentences name them. */
export const BAD_REPORTS: Readonly<Record<string, () => Record<string, unknown>>> = {
  'no latitude': () => ({ ...somewhere(), latitude: undefined }),
  'a latitude of 90.5': () => ({ ...somewhere(), latitude: 90.5 }),
  'a longitude of -180.5': () => ({ ...somewhere(), longitude: -180.5 }),
  'a longitude in words': () => ({ ...somewhere(), longitude: 'eleven' }),
  'an accuracy of -1 metre': () => ({ ...somewhere(), accuracy: -1 }),
  'a time that is no time': () => ({ ...somewhere(), recorded_at: 'yesterday' }),
  'a time 10 minutes ahead': () => somewhere(-10),
}
