import { offered } from '../settings'
import type { ConnectorState } from '../state'

/** `{"^database$": ["^schema$", …]}`, as the form writes a selection. */
export function filterFor(state: ConnectorState, schemas: readonly string[]): Record<string, string[]> {
  return { [`^${state.source.database}$`]: schemas.map((name) => `^${state.schemaNamed(name)}$`) }
}

/** What a run includes: schemas of the source by name or by a regular expression, or one name that it does not have. */
export interface Inclusion {
  kind: 'names' | 'expression' | 'missing database' | 'missing schema'
  names: readonly string[]
}

export function include(state: ConnectorState, { kind, names }: Inclusion): void {
  const [name = ''] = names
  if (kind === 'names') state.metadata['include-filter'] = filterFor(state, names)
  else if (kind === 'expression') state.metadata['include-filter'] = expressionFor(state, names)
  else if (kind === 'missing database') state.metadata['include-filter'] = { [`^${name}$`]: [] }
  else state.metadata['include-filter'] = { [`^${state.source.database}$`]: [`^${name}$`] }
}

/** A filter given as text is a regular expression for `database.schema`. */
function expressionFor(state: ConnectorState, schemas: readonly string[]): string {
  const { textFilters = 'regular expression' } = state.settings
  offered(state.connector, textFilters !== 'none', 'takes no filters as text', 'textFilters')
  return `^${state.source.database}\\.(${schemas.map((name) => state.schemaNamed(name)).join('|')})$`
}

/** What a run leaves out: schemas by name, or tables by a pattern of their names. */
export type Exclusion = { schemas: readonly string[] } | { pattern: string }

export function exclude(state: ConnectorState, exclusion: Exclusion): void {
  if ('schemas' in exclusion) state.metadata['exclude-filter'] = filterFor(state, exclusion.schemas)
  else state.metadata['temp-table-regex'] = exclusion.pattern
}
