import { z } from 'zod'
import { url } from '../../config/variables'
import type { ServiceDefinition } from '../service'
import { FIELD_NAMES } from './layout'
import { refusals } from './refusals'

const serverUrl = (...schemes: string[]) =>
  z.url({ protocol: new RegExp(`^(?:${schemes.join('|')})$`), error: `must be a URL beginning with ${schemes[0]}://` })

const fieldNames = z.string().regex(FIELD_NAMES, 'must be pairs as in latitude=lat,longitude=lng')

/** The Orbital Manager backend: couriers, where they are, and what they deliver. */
export const orbital: ServiceDefinition = {
  name: 'orbital',
  title: 'Orbital Manager',
  address: { variable: 'ORBITAL_BASE_URL' },
  variables: [
    {
      name: 'ORBITAL_BASE_URL',
      role: 'credential',
      means: 'HTTP root of the backend',
      schema: url,
      example: 'http://localhost:8000',
    },
    {
      name: 'ORBITAL_POSTGRES_URL',
      role: 'credential',
      secret: true,
      means: 'its PostgreSQL: people are seeded, looked at and removed by straight SQL',
      schema: serverUrl('postgresql', 'postgres'),
    },
    { name: 'ORBITAL_JWT_SECRET', role: 'credential', secret: true, means: 'secret it checks tokens with (HS256)' },
    {
      name: 'ORBITAL_RABBITMQ_URL',
      role: 'option',
      secret: true,
      means: 'its RabbitMQ, to watch and send events',
      schema: serverUrl('amqp', 'amqps'),
    },
    {
      name: 'ORBITAL_MONGODB_URL',
      role: 'option',
      secret: true,
      means: 'its MongoDB, database included, to look at histories and remove them',
      schema: z
        .string()
        .regex(/^mongodb(?:\+srv)?:\/\//, { error: 'must be a URL beginning with mongodb://', abort: true })
        .regex(/^[^:]+:\/\/[^/]+\/[^/?]/, 'must name the database after the host, as in mongodb://host:27017/orbital'),
    },
    {
      name: 'ORBITAL_REDIS_URL',
      role: 'option',
      secret: true,
      means: 'its Redis, to look at cached positions',
      schema: serverUrl('redis', 'rediss'),
    },
    {
      name: 'ORBITAL_REDIS_PREFIX',
      role: 'option',
      means: 'what its keys in Redis have in front of `courier:<user id>:location` (else nothing)',
    },
    { name: 'ORBITAL_EXCHANGE', role: 'option', means: 'its topic exchange (else `services_test`)' },
    {
      name: 'ORBITAL_DELIVERIES_QUEUE',
      role: 'option',
      means: 'the queue it takes assignments from (else `self_delivery.deliveries_test`)',
    },
    {
      name: 'ORBITAL_MIGRATE_COMMAND',
      role: 'option',
      means: 'run once before the first scenario',
      example: 'alembic -c shared/migrations/alembic.ini upgrade head',
    },
    {
      name: 'ORBITAL_HEAD_REVISION',
      role: 'option',
      means: 'the revision its database must be at (else any one)',
    },
    {
      name: 'ORBITAL_HISTORY_COLLECTION',
      role: 'option',
      means: 'the collection of past positions (else `courier_location_history`)',
    },
    {
      name: 'ORBITAL_HISTORY_FIELDS',
      role: 'option',
      means: 'fields of a past position that are not called `user_id`, `latitude`, `longitude`, `recorded_at`',
      schema: fieldNames,
      example: 'latitude=lat,longitude=lng,recorded_at=at',
    },
    {
      name: 'ORBITAL_CACHE_FIELDS',
      role: 'option',
      means: 'fields of a cached position that are not called `latitude`, `longitude`, `reported_at`',
      schema: fieldNames,
      example: 'latitude=lat,longitude=lng',
    },
    {
      name: 'ORBITAL_PASSWORD_HASH_COMMAND',
      role: 'option',
      means: 'prints the hash of the password it reads, where the backend does not use bcrypt',
    },
  ],
  required: ['ORBITAL_BASE_URL', 'ORBITAL_POSTGRES_URL', 'ORBITAL_JWT_SECRET'],
  people: {},
  needs: {
    rabbitmq: { means: 'the message broker', variables: ['ORBITAL_RABBITMQ_URL'] },
    mongodb: { means: 'the document store', variables: ['ORBITAL_MONGODB_URL'] },
    redis: { means: 'the cache', variables: ['ORBITAL_REDIS_URL'] },
  },
  refusals,
  load: async () => (await import('./runtime')).runtime,
}
