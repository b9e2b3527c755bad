import { types } from 'node:util'
import type { ConnectorApp, Entrypoint, Handler } from './app'
import { detail } from './errors'

const NAME = /^[a-zA-Z][a-zA-Z0-9_-]*$/

/** @throws Refusal 400 for a name no entrypoint could have */
export function checkedName(name: string): string {
  if (!NAME.test(name)) throw detail(400, 'Invalid entrypoint name')
  return name
}

/** A function of an entrypoint's module, or of the app's own; only an asynchronous one counts. */
export function moduleFunction(
  app: ConnectorApp,
  entrypoint: string,
  name: string,
): ((...args: unknown[]) => Promise<unknown>) | undefined {
  const found = app.modules?.[entrypoint.replaceAll('-', '_')]?.[name]
  if (!types.isAsyncFunction(found)) return undefined
  return found as (...args: unknown[]) => Promise<unknown>
}

/** The function that handles a request: the entrypoint's own where it has one, else the app's handler. */
export function handlerFor<K extends keyof Handler>(app: ConnectorApp, entrypoint: string, kind: K): Handler[K] | undefined {
  const own = entrypoint === '' ? undefined : moduleFunction(app, checkedName(entrypoint), kind)
  if (own) return own as Handler[K]
  return app.handler?.[kind]?.bind(app.handler) as Handler[K] | undefined
}

/**
 * Which entrypoint starts when none is named: the app's own `run`, the only one, the one marked, the first by name.
 * @throws Error where two are marked, which is refused when the app is defined
 */
export function defaultEntrypoint(entrypoints: readonly Entrypoint[]): Entrypoint | undefined {
  const marked = entrypoints.filter(({ isDefault }) => isDefault)
  if (marked.length > 1) throw new Error(`only one entrypoint can be the default: ${marked.map(({ name }) => name).join(', ')}`)
  const run = entrypoints.find(({ name }) => name === 'run')
  return run ?? marked[0] ?? [...entrypoints].sort((one, other) => (one.name < other.name ? -1 : 1))[0]
}

/** @throws Refusal 400 for a name the app does not have, or where there is nothing to choose from */
export function chosenEntrypoint(app: ConnectorApp, name: string): Entrypoint {
  if (name === '') {
    const chosen = defaultEntrypoint(app.entrypoints)
    if (!chosen) throw detail(400, 'entrypoint is required for this app.')
    return chosen
  }
  const chosen = app.entrypoints.find((one) => one.name === name)
  if (!chosen) throw detail(400, 'Invalid entrypoint.')
  return chosen
}

export function workflowType(app: ConnectorApp, { name }: Entrypoint): string {
  return name === 'run' ? app.name : `${app.name}:${name}`
}

/** The name in a body, deprecated, may also be a workflow type or one of the app's older types. */
export function namedByType(app: ConnectorApp, name: string): string {
  const legacy = app.legacyTypes?.[name]
  if (legacy !== undefined) return legacy
  return app.entrypoints.find((entrypoint) => workflowType(app, entrypoint) === name)?.name ?? name
}
