import { expect } from '../../../assertions/chai-checks'
import { promisesOf, readValue } from '../../../assertions/response-table'
import type { HttpResponse } from '../../../http/client'
import { APIS, type Api, type Arguments, pathTo, wireOf } from '../client'
import { isFields } from '../credentials'
import { portable } from '../dialects'
import { hooksOf } from '../hooks'
import type { ConnectorState } from '../state'
import { startUnnamed } from './runs'

/**
 * One call of a declarative scenario: its API, the owner's input with the given fields laid over it, and whatever comes back, refusals
 * included, as the document that `the answer has` examines. A started run is journalled like any other.
 */
export async function call(state: ConnectorState, api: Api, rows: readonly (readonly string[])[] = []): Promise<void> {
  const input = laidOver(state.input, rows)
  const { status, data } = await answered(state, api, input)
  state.examine(withStatus(portable(data), status))
}

/** @param api `config` is asked for with its own words, since it needs an id */
function answered(state: ConnectorState, api: Api, input: Arguments): Promise<HttpResponse<unknown>> {
  if (api === 'config') throw new Error('A configuration has an id: use "reads the configuration" or "saves the configuration".')
  return api === 'workflow' ? startUnnamed(state, input) : state.candid.post(APIS[api], wireOf(api, input))
}

/** Rows of path and value: `credentials.password | wrong`. A value is JSON where it reads as JSON; `nothing` leaves the field out. */
export function laidOver(input: Arguments, rows: readonly (readonly string[])[]): Arguments {
  return rows.reduce<Arguments>((whole, [path = '', words = '']) => {
    return put(whole, path.split('.'), words === 'nothing' ? undefined : readValue(words)) as Arguments
  }, input)
}

function put(holder: unknown, [key = '', ...rest]: readonly string[], value: unknown): Record<string, unknown> {
  const plain = isFields(holder) ? { ...holder } : {}
  const { [key]: before, ...others } = plain
  if (rest.length > 0) return { ...others, [key]: put(before, rest, value) }
  return value === undefined ? others : { ...others, [key]: value }
}

/** The HTTP status is part of what can be promised, at `_http_status`, unless the answer has one itself. */
export function withStatus(document: unknown, status: number): unknown {
  if (isFields(document)) return { _http_status: status, ...document }
  return {
    _http_status: status,
    error: { code: 'INVALID_RESPONSE', message: 'the answer is no JSON object', body: brief(document) },
  }
}

function brief(document: unknown): string {
  return (typeof document === 'string' ? document : JSON.stringify(document)).slice(0, 500)
}

export async function expectAnswer(state: ConnectorState, rows: readonly (readonly string[])[]): Promise<void> {
  const { checks } = await hooksOf(state.connector)
  expect(state.world.document).to.hold(promisesOf(rows, checks))
}

/** A run's status or result as the document that tables look at. */
export async function look(state: ConnectorState, what: 'status' | 'result'): Promise<void> {
  const { status, data } = await state.candid.get(pathTo(what, state.run))
  state.examine(withStatus(data, status))
}
