import type { ConnectorHooks } from '../../../support/services/connector/hooks'
import {
  dropSchema,
  hasSchema,
  inSource,
  makeSchema,
  recogniseSchemas,
} from '../../../support/services/connector/source-postgres'

const SHOP = [
  'CREATE TABLE customers (id int PRIMARY KEY, email varchar(320) NOT NULL UNIQUE, joined timestamptz)',
  `CREATE TABLE orders (
    id bigint GENERATED ALWAYS AS IDENTITY, customer_id int NOT NULL REFERENCES customers, placed_on date NOT NULL, total numeric(10, 2),
    PRIMARY KEY (id, placed_on)
  ) PARTITION BY RANGE (placed_on)`,
  "CREATE TABLE orders_2025 PARTITION OF orders FOR VALUES FROM ('2025-01-01') TO ('2026-01-01')",
  'CREATE VIEW big_orders AS SELECT id, total FROM orders WHERE total > 1000',
  'CREATE TABLE tmp_import (line text)',
  "COMMENT ON TABLE customers IS 'People who   bought something.'",
]

/** The archive is empty on purpose. */
const archiveOf = (shop: string): string => `${shop}_archive`

/**
 * Two schemas in the source for the whole run, "the shop" and "the archive" of the features; live only where the source's owner
 * gave leave (`CONNECTOR_POSTGRES_FIXTURE=1`).
 */
export const hooks: ConnectorHooks = {
  // Who cannot log in makes nothing, and has nothing to take down.
  isWanted: async ({ source }) => source.mayBeChanged && inSource(source, async () => true),
  setUp: async ({ source, name }) => {
    await makeSchema(source, name, SHOP)
    await makeSchema(source, archiveOf(name), [])
    return { 'the shop': name, 'the archive': archiveOf(name) }
  },
  recognise: ({ source, name }) => recogniseSchemas(source, [name, archiveOf(name)]),
  tearDown: async ({ source, name }) => {
    for (const schema of [name, archiveOf(name)]) await dropSchema(source, schema)
  },
  isTornDown: async ({ source, name }) => {
    return !(await hasSchema(source, name)) && !(await hasSchema(source, archiveOf(name)))
  },
  checks: {
    'a number of milliseconds': (value) => typeof value === 'number' && value >= 0,
  },
}
