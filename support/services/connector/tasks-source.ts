import { readValue } from '../../core/answer-table'
import type { ConnectorScene } from './scene'
import { lockTable, makeSchema } from './source-postgres'

const SECOND = 1_000
/** A database's names have no more characters than this. */
const LONGEST_NAME = 63

export function logInReadOnly(scene: ConnectorScene): void {
  scene.somebodyElse = scene.source.readOnly()
}

/** Fields of a run's input as they are, past what forms make of them. */
export function give(scene: ConnectorScene, rows: readonly (readonly string[])[]): void {
  for (const [field = '', words = ''] of rows) scene.extras[field] = readValue(words)
}

export function nameConnection(scene: ConnectorScene, name: string): void {
  scene.connection = { typeName: 'Connection', attributes: { qualifiedName: `default/${scene.connector}/1728518400`, name } }
}

/** A small schema of the scenario's own, dropped after it. */
export async function makeOwnSchema(scene: ConnectorScene, name: string): Promise<void> {
  const { access } = scene.world
  const { connector, source } = scene
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
  scene.schemas.remember(name, made.id)
}

/** Until the scenario ends, whoever wants to know what the view is made of waits. */
export async function rebuild(scene: ConnectorScene, name: string): Promise<void> {
  scene.world.endsWithMe(await lockTable(scene.source, scene.schemaNamed(name), 'parts'))
}

export function startAt(scene: ConnectorScene, endpoint: string): void {
  scene.endpoint = endpoint
}

export function allowSeconds(scene: ConnectorScene, seconds: number): void {
  scene.timeout = seconds * SECOND
}
