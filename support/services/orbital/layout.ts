import type { ServiceAccess } from '../service'

/**
 * Storage details that differ between builds of the backend and that the suite reads: names of fields, a collection. Settings
 * override the defaults.
 */
export interface Layout {
  history: { collection: string; user_id: string; latitude: string; longitude: string; recorded_at: string }
  cache: { latitude: string; longitude: string; reported_at: string }
}

const HISTORY = { user_id: 'user_id', latitude: 'latitude', longitude: 'longitude', recorded_at: 'recorded_at' }
const CACHE = { latitude: 'latitude', longitude: 'longitude', reported_at: 'reported_at' }

/** `latitude=lat,longitude=lng`; a name may be a path, as in `latitude=location.coordinates.1`. */
export const FIELD_NAMES = /^\s*[a-z_]+\s*=\s*[\w.-]+\s*(?:,\s*[a-z_]+\s*=\s*[\w.-]+\s*)*$/

export function layoutOf(access: ServiceAccess): Layout {
  return {
    history: {
      collection: access.setting('ORBITAL_HISTORY_COLLECTION') ?? 'courier_location_history',
      ...named(HISTORY, access.setting('ORBITAL_HISTORY_FIELDS')),
    },
    cache: named(CACHE, access.setting('ORBITAL_CACHE_FIELDS')),
  }
}

function named<T extends Record<string, string>>(defaults: T, text = ''): T {
  const pairs = text.split(',').map((pair) => pair.split('=').map((part) => part.trim()))
  return { ...defaults, ...Object.fromEntries(pairs.filter(([name]) => name !== undefined && name in defaults)) }
}

/** The value at a path such as `location.coordinates.1`. */
export function fieldAt(value: unknown, path: string): unknown {
  if (value !== null && typeof value === 'object' && path in value) return (value as Record<string, unknown>)[path]
  return path.split('.').reduce<unknown>((at, key) => (at as Record<string, unknown> | null | undefined)?.[key], value)
}
