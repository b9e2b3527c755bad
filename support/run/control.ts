import { Redactor } from '../config/redaction'
import type { Agents } from '../http/agents'
import { Http } from '../http/client'
import { Exchanges } from '../http/exchanges'
import type { Control } from '../services/service'

/** Client of a sandbox's control API; its calls are not shown in a scenario's report. */
export function controlAt(control: string, agents: Agents): Control {
  const exchanges = new Exchanges(new Redactor())
  const http = new Http({ service: 'the control port', baseURL: control, agents, exchanges, retryBudget: { left: 0 } })
  return {
    get: async <T>(path: string) => (await http.get<T>(path)).data,
    post: async <T>(path: string, body?: unknown) => (await http.post<T>(path, body)).data,
    delete: async <T>(path: string) => (await http.delete<T>(path)).data,
  }
}
