import { readValue } from '../../../assertions/response-table'
import { lockTable, makeSchema } from '../source-postgres'
import type { ConnectorState } from '../state'

const SECOND = 1_000
/** A database's names have no more characters than this. */
const LONGEST_NAME = 63

export function logInReadOnly(state: ConnectorState): void {
  state.somebodyElse = state.source.readOnly()
}

/** Fields of a run's input as they are, past what forms make of them. */
export function give(state: ConnectorState, rows: readonly (readonly string[])[]): void {
  for (const [field = '', words = ''] of rows) state.extras[field] = readValue(words)
}

export function nameConnection(state: ConnectorState, name: string): void {
  state.connection = { typeName: 'Connection', attributes: { qualifiedName: `default/${state.connector}/1728518400`, name } }
}

/** A small schema of the scenario's own, dropped after it. */
export async function makeOwnSchema(state: ConnectorState, name: string): Promise<void> {
  const { access } = state.world
  const { connector, source } = state
  const wanted = access.unique(name, LONGEST_NAME).replaceAll(/\W/g, '_')
  const made = await access.undo.create(
    'connector.schema',
    wanted,
    { by: 'Ada', data: { connector, source: source.place } },
    async (schema) => {
      await makeSchema(source, schema, [
        'CREATE TABLE parts (id int, label text)',
        'CREATE VIEW labels AS SELECT label FROM parts',
      ])
      return { id: schema }
    },
  )
  state.schemas.remember(name, made.id)
}

/** Until the scenario ends, whoever wants to know what the view is made of waits. */
export async function rebuild(state: ConnectorState, name: string): Promise<void> {
  state.world.closeAfterScenario(await lockTable(state.source, state.schemaNamed(name), 'parts'))
}

export function startAt(state: ConnectorState, endpoint: string): void {
  state.endpoint = endpoint
}

export function allowSeconds(state: ConnectorState, seconds: number): void {
  state.timeout = seconds * SECOND
}
