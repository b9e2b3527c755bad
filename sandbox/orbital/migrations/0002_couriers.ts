import type { Revision } from '../revision'

export const couriers: Revision = {
  id: '0002_couriers',
  parent: '0001_users',
  up: (pgm) => {
    pgm.createSchema('self_delivery')
    pgm.createTable(
      { schema: 'self_delivery', name: 'couriers' },
      {
        id: { type: 'bigserial', primaryKey: true },
        user_id: { type: 'bigint', notNull: true, unique: true, references: { schema: 'marten', name: 'users' } },
        status: { type: 'text', notNull: true, default: 'offline', check: "status in ('offline','online','busy')" },
        last_latitude: { type: 'double precision' },
        last_longitude: { type: 'double precision' },
        last_seen_at: { type: 'timestamptz' },
      },
    )
  },
  down: (pgm) => {
    pgm.dropTable({ schema: 'self_delivery', name: 'couriers' })
    pgm.dropSchema('self_delivery')
  },
}
