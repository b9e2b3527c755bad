import { expect } from '../../../assertions/chai-checks'
import { promisesOf } from '../../../assertions/response-table'
import { NotOffered } from '../../../config/errors'
import type { HttpResponse } from '../../../http/client'
import { APIS, type Api, type Arguments, wireOf } from '../client'
import { isFields } from '../credentials'
import { portable } from '../dialects'
import { classifyFailure, lackingIn } from '../failures'
import { hooksOf } from '../hooks'
import { laidOver } from '../input'
import type { ConnectorState } from '../state'
import { callConfig } from './config'
import { startUnnamed } from './runs'

/**
 * One call of a declarative scenario: its API and the owner's input with the given fields added. The response, also a refusal,
 * is the document that `the response has` examines. A started run is journalled like any other.
 */
export async function call(state: ConnectorState, api: Api, rows: readonly (readonly string[])[] = []): Promise<void> {
  const input = laidOver(api === 'config' ? {} : state.input, rows)
  const { status, headers, data } = await responseTo(state, api, input)
  const failure = classifyFailure({ status, headers, data })
  state.lacking = failure && state.world.access.isLive ? lackingIn(failure) : undefined
  state.examine(withStatus(portable(data), status))
}

function responseTo(state: ConnectorState, api: Api, input: Arguments): Promise<HttpResponse<unknown>> {
  if (api === 'config') return callConfig(state, input)
  return api === 'workflow' ? startUnnamed(state, input) : state.rawApi.post(APIS[api], wireOf(api, input))
}

/** The HTTP status can be examined as `_http_status`, unless the document has such a field itself. */
export function withStatus(document: unknown, status: number): unknown {
  if (isFields(document)) return { _http_status: status, ...document }
  return {
    _http_status: status,
    error: { code: 'INVALID_RESPONSE', message: 'the response is no JSON object', body: brief(document) },
  }
}

function brief(document: unknown): string {
  return (typeof document === 'string' ? document : JSON.stringify(document)).slice(0, 500)
}

export async function expectResponse(state: ConnectorState, rows: readonly (readonly string[])[]): Promise<void> {
  const { checks } = await hooksOf(state.connector)
  try {
    expect(state.world.document).to.hold(promisesOf(rows, checks))
  } catch (error) {
    throw state.lacking ? new NotOffered(state.lacking.reason, state.lacking.toSet) : error
  }
}
