import type { ConnectorScene } from '../state'

/** `{"^database$": ["^schema$", …]}`, as the form's tree writes what was ticked. */
export function filterFor(scene: ConnectorScene, schemas: readonly string[]): Record<string, string[]> {
  return { [`^${scene.source.database}$`]: schemas.map((name) => `^${scene.schemaNamed(name)}$`) }
}

export function include(scene: ConnectorScene, schemas: readonly string[]): void {
  scene.metadata['include-filter'] = filterFor(scene, schemas)
}

export function exclude(scene: ConnectorScene, schemas: readonly string[]): void {
  scene.metadata['exclude-filter'] = filterFor(scene, schemas)
}

/** Filters come from the form as text at times. */
export function includeAsText(scene: ConnectorScene, schemas: readonly string[]): void {
  scene.metadata['include-filter'] = JSON.stringify(filterFor(scene, schemas))
}

export function includeDatabase(scene: ConnectorScene, database: string): void {
  scene.metadata['include-filter'] = { [`^${database}$`]: [] }
}

export function includeMissingSchema(scene: ConnectorScene, schema: string): void {
  scene.metadata['include-filter'] = { [`^${scene.source.database}$`]: [`^${schema}$`] }
}

export function leaveOutTables(scene: ConnectorScene, pattern: string): void {
  scene.metadata['temp-table-regex'] = pattern
}
