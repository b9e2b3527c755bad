import type { Revision } from '../revision'

const STATUSES = "status in ('assigned','picked_up','delivered','cancelled')"

export const deliveries: Revision = {
  id: '0003_deliveries',
  parent: '0002_couriers',
  up: (pgm) =>
    pgm.createTable(
      { schema: 'self_delivery', name: 'deliveries' },
      {
        id: { type: 'uuid', primaryKey: true },
        courier_id: { type: 'bigint', references: { schema: 'self_delivery', name: 'couriers' } },
        status: { type: 'text', notNull: true, check: STATUSES },
        assigned_at: { type: 'timestamptz', notNull: true, default: pgm.func('now()') },
        delivered_at: { type: 'timestamptz' },
      },
    ),
  down: (pgm) => pgm.dropTable({ schema: 'self_delivery', name: 'deliveries' }),
}
