import type { ConnectorState } from '../state'

/** `{"^database$": ["^schema$", …]}`, as the form's tree writes what was ticked. */
export function filterFor(state: ConnectorState, schemas: readonly string[]): Record<string, string[]> {
  return { [`^${state.source.database}$`]: schemas.map((name) => `^${state.schemaNamed(name)}$`) }
}

export function include(state: ConnectorState, schemas: readonly string[]): void {
  state.metadata['include-filter'] = filterFor(state, schemas)
}

export function exclude(state: ConnectorState, schemas: readonly string[]): void {
  state.metadata['exclude-filter'] = filterFor(state, schemas)
}

/** Filters come from the form as text at times. */
export function includeAsText(state: ConnectorState, schemas: readonly string[]): void {
  state.metadata['include-filter'] = JSON.stringify(filterFor(state, schemas))
}

export function includeDatabase(state: ConnectorState, database: string): void {
  state.metadata['include-filter'] = { [`^${database}$`]: [] }
}

export function includeMissingSchema(state: ConnectorState, schema: string): void {
  state.metadata['include-filter'] = { [`^${state.source.database}$`]: [`^${schema}$`] }
}

export function leaveOutTables(state: ConnectorState, pattern: string): void {
  state.metadata['temp-table-regex'] = pattern
}
