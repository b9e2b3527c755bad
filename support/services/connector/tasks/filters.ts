import { offered } from '../settings'
import type { ConnectorState } from '../state'

/** `{"^database$": ["^schema$", …]}`, as the form writes a selection. */
export function filterFor(state: ConnectorState, schemas: readonly string[]): Record<string, string[]> {
  return { [`^${state.source.database}$`]: schemas.map((name) => `^${state.schemaNamed(name)}$`) }
}

export function include(state: ConnectorState, schemas: readonly string[]): void {
  state.metadata['include-filter'] = filterFor(state, schemas)
}

export function exclude(state: ConnectorState, schemas: readonly string[]): void {
  state.metadata['exclude-filter'] = filterFor(state, schemas)
}

/** A filter given as text is a regular expression for `database.schema`. */
export function includeByExpression(state: ConnectorState, schemas: readonly string[]): void {
  const { textFilters = 'regular expression' } = state.settings
  offered(state.connector, textFilters !== 'none', 'takes no filters as text', 'textFilters')
  const names = schemas.map((name) => state.schemaNamed(name)).join('|')
  state.metadata['include-filter'] = `^${state.source.database}\\.(${names})$`
}

export function includeMissing(state: ConnectorState, level: 'database' | 'schema', name: string): void {
  state.metadata['include-filter'] =
    level === 'database' ? { [`^${name}$`]: [] } : { [`^${state.source.database}$`]: [`^${name}$`] }
}

export function excludeTables(state: ConnectorState, pattern: string): void {
  state.metadata['temp-table-regex'] = pattern
}
