import type { Redis } from 'ioredis'
import type { ServiceAccess } from '../service'
import { fieldAt, layoutOf } from './layout'
import { cacheOf } from './servers'

/** A cached position, whatever Redis type the backend keeps it in: JSON in a string, a hash, or a member of a geo set. */
export interface CachedPosition {
  latitude: unknown
  longitude: unknown
  /** Present where the format has a time. */
  reportedAt?: unknown
  /** How far, in degrees, coordinates may be from those that were reported: a geo set rounds them. */
  tolerance: number
  /** Time until the key expires; negative where it does not expire. */
  secondsLeft: number
  /** The value as read, so that a deletion can check that it has not changed. */
  raw: string[]
}

const GEO_TOLERANCE = 1e-5

/** The cached position of a courier is stored under this key. */
function cacheKey(access: ServiceAccess, userId: string): string {
  return `${access.setting('ORBITAL_REDIS_PREFIX') ?? ''}courier:${userId}:location`
}

/** @returns undefined where there is no such key */
export async function readCached(access: ServiceAccess, userId: string): Promise<CachedPosition | undefined> {
  const [redis, key] = [await cacheOf(access), cacheKey(access, userId)]
  const [type, secondsLeft] = await Promise.all([redis.type(key), redis.ttl(key)])
  if (type === 'none') return undefined
  if (type === 'zset') return { ...(await readGeo(redis, key)), secondsLeft }
  const { cache: names } = layoutOf(access)
  const { raw, value } = type === 'hash' ? await readHash(redis, key) : await readString(redis, key)
  const field = (name: string): unknown => fieldAt(value, name)
  const reportedAt = field(names.reported_at)
  return {
    latitude: numberOf(field(names.latitude)),
    longitude: numberOf(field(names.longitude)),
    ...(reportedAt === undefined ? {} : { reportedAt }),
    tolerance: 0,
    secondsLeft,
    raw,
  }
}

async function readString(redis: Redis, key: string): Promise<{ raw: string[]; value: unknown }> {
  const text = (await redis.get(key)) ?? ''
  try {
    return { raw: [text], value: JSON.parse(text) }
  } catch {
    return { raw: [text], value: undefined }
  }
}

async function readHash(redis: Redis, key: string): Promise<{ raw: string[]; value: unknown }> {
  const value = await redis.hgetall(key)
  return { raw: Object.entries(value).flat(), value }
}

async function readGeo(redis: Redis, key: string): Promise<Omit<CachedPosition, 'secondsLeft'>> {
  const raw = await redis.zrange(key, '0', '-1', 'WITHSCORES')
  const [position] = await redis.geopos(key, raw[0] ?? '')
  return { longitude: numberOf(position?.[0]), latitude: numberOf(position?.[1]), tolerance: GEO_TOLERANCE, raw }
}

function numberOf(value: unknown): unknown {
  return typeof value === 'string' && value.trim() !== '' ? Number(value) : value
}

const DELETE_IF_SAME = `
local kind = redis.call('type', KEYS[1]).ok
local now = {}
if kind == 'string' then now = { redis.call('get', KEYS[1]) } end
if kind == 'hash' then now = redis.call('hgetall', KEYS[1]) end
if kind == 'zset' then now = redis.call('zrange', KEYS[1], 0, -1, 'WITHSCORES') end
if #now ~= #ARGV then return 0 end
for at = 1, #now do if now[at] ~= ARGV[at] then return 0 end end
return redis.call('del', KEYS[1])`

/** Deletes the cached position if it is still the given one, atomically, because a new one may be stored at any time. */
export async function deleteCached(access: ServiceAccess, userId: string, { raw }: CachedPosition): Promise<void> {
  await (await cacheOf(access)).eval(DELETE_IF_SAME, 1, cacheKey(access, userId), ...raw)
}
