import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { CustomChecks } from '../../assertions/response-table'
import type { Recognition } from '../../undo/undo'
import type { ServiceAccess } from '../service'
import { connectorNames, folderOf } from './folders'
import { Source } from './source'
import type { ConnectorState } from './state'

/** What a set-up made, for scenarios to name: plain text by name. */
export type Made = Readonly<Record<string, string>>

/** Where set-up and tear-down work, and under which name: it holds the run id, so that the sweep finds what is left. */
export interface Site {
  access: ServiceAccess
  source: Source
  name: string
}

/**
 * What `features/connector/<name>/hooks.ts` may export as `hooks`: plain functions, so that the sweep can tear down what a dead run
 * set up.
 */
export interface ConnectorHooks {
  /** Whether there is anything to set up in this run; so it is by default. Where it fails, nothing is set up either. */
  isWanted?(site: Site): Promise<boolean> | boolean
  /** Once a run, before the first scenario of the connector. */
  setUp?(site: Site): Promise<Made>
  /**
   * Required with `tearDown`, and asked just before it: whether what is there under the name is what `setUp` made. Where it is in
   * doubt nothing is torn down.
   */
  recognise?(site: Site): Promise<Recognition>
  /** Once, after all scenarios; must do no harm where it was done already, or only half was set up. */
  tearDown?(site: Site): Promise<void>
  /** Whether nothing of the set-up is left. */
  isTornDown?(site: Site): Promise<boolean>
  before?(state: ConnectorState, scenario: string): Promise<void> | void
  /** @param passed whether the scenario has held so far */
  after?(state: ConnectorState, scenario: string, passed: boolean): Promise<void> | void
  /** Checks of the connector's own, for `custom <name>` in a table of a response. */
  checks?: CustomChecks
}

export function hasHooks(connector: string): boolean {
  return existsSync(join(folderOf(connector), 'hooks.ts'))
}

export function anyHooks(): boolean {
  return connectorNames().some(hasHooks)
}

export async function hooksOf(connector: string): Promise<ConnectorHooks> {
  if (!hasHooks(connector)) return {}
  const { hooks } = (await import(join(folderOf(connector), 'hooks'))) as { hooks?: ConnectorHooks }
  if (!hooks) throw new Error(`features/connector/${connector}/hooks.ts exports no "hooks".`)
  if (hooks.tearDown && !hooks.recognise)
    throw new Error(
      `features/connector/${connector}/hooks.ts has tearDown without recognise: add what shows that the things to be torn down are of this run.`,
    )
  return hooks
}

export function siteOf(access: ServiceAccess, connector: string, name: string): Site {
  return { access, source: new Source(access, connector), name }
}
