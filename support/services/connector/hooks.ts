import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { CustomChecks } from '../../assertions/response-table'
import type { Recognition } from '../../undo/undo'
import type { ServiceAccess } from '../service'
import { folderOf } from './folders'
import { Source } from './source'
import type { ConnectorState } from './state'

/** Values that a set-up has created, for use in scenarios: plain text by name. */
export type Made = Readonly<Record<string, string>>

/** Source and name for set-up and tear-down. The name contains the run id, so that the sweep finds what is left. */
export interface Site {
  access: ServiceAccess
  source: Source
  name: string
}

/**
 * What `features/connector/<name>/hooks.ts` may export as `hooks`: plain functions, so that the sweep can tear down the set-up of a
 * run that was killed.
 */
export interface ConnectorHooks {
  /** Whether there is anything to set up in this run; true by default. If it fails, nothing is set up. */
  isWanted?(site: Site): Promise<boolean> | boolean
  /** Once a run, before the first scenario of the connector. */
  setUp?(site: Site): Promise<Made>
  /**
   * Required with `tearDown`, and called just before it: whether what exists under the name was created by `setUp`. In case of
   * doubt nothing is torn down.
   */
  recognise?(site: Site): Promise<Recognition>
  /** Once, after all scenarios; must also work after an earlier tear-down or an incomplete set-up. */
  tearDown?(site: Site): Promise<void>
  /** Whether nothing of the set-up is left. */
  isTornDown?(site: Site): Promise<boolean>
  before?(state: ConnectorState, scenario: string): Promise<void> | void
  /** @param passed whether the scenario has passed so far */
  after?(state: ConnectorState, scenario: string, passed: boolean): Promise<void> | void
  /** Checks of the connector's own, for `custom <name>` in a table of a response. */
  checks?: CustomChecks
}

function hasHooks(connector: string): boolean {
  return existsSync(join(folderOf(connector), 'hooks.ts'))
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
