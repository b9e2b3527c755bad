import { randomInt } from 'node:crypto'
import type { Place } from './state'

const MINUTE = 60_000
/** Degrees times this are whole numbers: positions have six decimal places. */
const MICRO = 1e6
/** In degrees: a geo set of Redis accepts no latitude beyond 85. */
const HIGHEST = 84
/** Size of a district, in millionths of a degree. */
const SIDE = 1_000

/** About 100 m by 100 m somewhere on earth, chosen at random for one person: any position in it was reported by that person. */
export interface District {
  /** Its southern and western edges, in millionths of a degree. */
  south: number
  west: number
}

export function newDistrict(): District {
  return { south: randomInt(-HIGHEST * MICRO, HIGHEST * MICRO), west: randomInt(-179 * MICRO, 179 * MICRO) }
}

/** A new position in the district. @param minutesAgo when it was */
export function somewhere({ south, west }: District, minutesAgo = 0): Place {
  const recorded_at = new Date(Date.now() - minutesAgo * MINUTE).toISOString()
  return { latitude: (south + randomInt(SIDE)) / MICRO, longitude: (west + randomInt(SIDE)) / MICRO, recorded_at }
}

/** The ranges of latitude and longitude of a district; the upper ends are excluded. */
export function edgesOf({ south, west }: District): Record<'latitude' | 'longitude', { from: number; below: number }> {
  return {
    latitude: { from: south / MICRO, below: (south + SIDE) / MICRO },
    longitude: { from: west / MICRO, below: (west + SIDE) / MICRO },
  }
}

/** @param tolerance in degrees, where the position was rounded */
export function isWithin(district: District, position: { latitude?: unknown; longitude?: unknown }, tolerance = 0): boolean {
  const edges = edgesOf(district)
  return (['latitude', 'longitude'] as const).every((axis) => {
    const value = position[axis]
    return typeof value === 'number' && value >= edges[axis].from - tolerance && value < edges[axis].below + tolerance
  })
}

/** Whether two positions are equal: coordinates to the last digit, times to the millisecond. */
export function isSame(place: Place, other: { latitude: unknown; longitude: unknown }, at: unknown): boolean {
  return (
    other.latitude === place.latitude &&
    other.longitude === place.longitude &&
    new Date(String(at)).getTime() === new Date(place.recorded_at).getTime()
  )
}

/** What can be wrong with a report, as sentences name it; each must be refused for one field. */
export const FLAWED_REPORTS: Readonly<Record<string, (district: District) => Record<string, unknown>>> = {
  'no latitude': (district) => ({ ...somewhere(district), latitude: undefined }),
  'a latitude of 90.5': (district) => ({ ...somewhere(district), latitude: 90.5 }),
  'a latitude of -90.5': (district) => ({ ...somewhere(district), latitude: -90.5 }),
  'a longitude of 180.5': (district) => ({ ...somewhere(district), longitude: 180.5 }),
  'a longitude of -180.5': (district) => ({ ...somewhere(district), longitude: -180.5 }),
  'a longitude in words': (district) => ({ ...somewhere(district), longitude: 'eleven' }),
  'an accuracy of -1 metre': (district) => ({ ...somewhere(district), accuracy: -1 }),
  'a time that is not a time': (district) => ({ ...somewhere(district), recorded_at: 'yesterday' }),
  'a time 10 minutes in the future': (district) => somewhere(district, -10),
}
