import type { Revision } from '../revision'

export const users: Revision = {
  id: '0001_users',
  parent: null,
  up: (pgm) => {
    pgm.createSchema('marten')
    pgm.createTable(
      { schema: 'marten', name: 'users' },
      {
        id: { type: 'bigserial', primaryKey: true },
        external_id: { type: 'uuid', notNull: true, unique: true },
        phone: { type: 'text', unique: true },
        password_hash: { type: 'text' },
        is_active: { type: 'boolean', notNull: true, default: true },
        created_at: { type: 'timestamptz', notNull: true, default: pgm.func('now()') },
      },
    )
  },
  down: (pgm) => {
    pgm.dropTable({ schema: 'marten', name: 'users' })
    pgm.dropSchema('marten')
  },
}
