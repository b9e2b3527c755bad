import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const schema = z.object({
  ENV: z.string(),
  JWT_SECRET_KEY: z.string().min(1),
  JWT_ALGORITHM: z.literal('HS256'),
  JWT_EXPIRES_SECONDS: z.coerce.number().int().positive(),
  RABBITMQ_SERVICES_EXCHANGE: z.string().min(1),
  RABBITMQ_DELIVERIES_QUEUE: z.string().min(1),
  LOCATION_CACHE_TTL_SECONDS: z.coerce.number().int().positive(),
  /** Format of the cached position: JSON in a string, a hash, or a member of a geo set. */
  LOCATION_CACHE_FORMAT: z.enum(['string', 'hash', 'geo']).default('string'),
  /** Names of the fields of a past position that differ, as in `latitude=lat,longitude=lng`. */
  HISTORY_FIELDS: z.string().default(''),
  POSTGRES_SUPABASE_URL: z.string(),
  RABBITMQ_URL: z.string(),
  MONGODB_URL: z.string(),
  REDIS_URL: z.string(),
  /** Prefix of every key. */
  REDIS_KEY_PREFIX: z.string().default(''),
})

/** All settings of the backend: those of `.env.test`, and the addresses injected once its servers have ports. */
export type Settings = z.infer<typeof schema>

export type Overrides = Readonly<Record<string, string | number>>

/**
 * Reads `.env.test`, then applies the dynamic values and the overrides.
 * @throws with each setting that is missing or invalid
 */
export function readSettings(dynamic: Overrides, overrides: Overrides = {}): Settings {
  const lines = readFileSync(join(__dirname, '.env.test'), 'utf8').split('\n')
  const pairs = lines.flatMap((line) => {
    const [, name, value] = /^([A-Z][\w-]*)=(.*)$/.exec(line.trim()) ?? []
    return name ? [[name, value] as const] : []
  })
  const all = { ...dashless(Object.fromEntries(pairs)), ...dashless(dynamic), ...dashless(overrides) }
  const unknown = Object.keys(dashless(overrides)).filter((name) => !(name in schema.shape))
  if (unknown.length > 0) throw new Error(`There is no setting ${unknown.join(', ')}.`)
  const result = schema.safeParse(all)
  if (result.success) return result.data
  throw new Error(`Settings: ${result.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`).join('; ')}`)
}

function dashless(named: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(named).map(([name, value]) => [name.replaceAll('-', '_'), value]))
}
