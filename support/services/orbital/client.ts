import { parseResponse } from '../../assertions/contract'
import type { Authorization, Http } from '../../http/client'
import { ApiError } from '../../http/errors'
import type { FailedResponse, ReceivedResponse } from '../../http/failure'
import { sendOrFind } from '../../http/lost'
import type { ServiceAccess } from '../service'
import {
  type Courier,
  courier,
  type Delivery,
  delivery,
  type Health,
  type HistoryItems,
  health,
  history,
  login,
  me,
} from './contract'

/** A courier's report: degrees, metres, and an ISO 8601 time. Any values for a report that must be refused. */
export type Report = Readonly<Record<string, unknown>>

/** Errors are `{"detail": "…"}`, or a list of what is wrong with the fields. */
function classifyFailure({ status, data }: ReceivedResponse): FailedResponse | undefined {
  if (status < 400) return undefined
  const { detail } = (data ?? {}) as { detail?: unknown }
  return { status, says: typeof detail === 'string' ? detail : detail === undefined ? undefined : JSON.stringify(detail) }
}

/** Operations that need a valid access token, by what they do. */
export const PROTECTED: Readonly<Record<string, readonly ['GET' | 'PUT' | 'POST', string, unknown?]>> = {
  'see who she is': ['GET', '/users/me'],
  'see the courier': ['GET', '/courier'],
  'go online': ['PUT', '/courier/status', { status: 'online' }],
  'report a position': ['POST', '/courier/location', { latitude: 1, longitude: 2 }],
  'see past positions': ['GET', '/courier/location/history'],
  'see a delivery': ['GET', '/deliveries/6f1f1b1c-5b0e-4b59-9f3a-6c2f7b3f3b11'],
  'complete a delivery': ['POST', '/deliveries/6f1f1b1c-5b0e-4b59-9f3a-6c2f7b3f3b11/complete'],
}

/** What the backend responds to a report that it accepts. */
const ACCEPTED = { status: 204, data: '' }
/** The most entries of a history that one call returns. */
const LONGEST_HISTORY = 100

/** One person's view of the backend: a method per endpoint, wire format only. */
export class OrbitalClient {
  private readonly http: Http
  /** `WWW-Authenticate` of the last response. */
  challenge: string | undefined

  constructor(access: ServiceAccess, baseURL: string, token?: string) {
    const authorization: Authorization | undefined = token
      ? { headers: async () => ({ authorization: `Bearer ${token}` }) }
      : undefined
    const observe = (headers: Readonly<Record<string, string>>): void => {
      this.challenge = headers['www-authenticate']
    }
    this.http = access.http({ baseURL, classifyFailure, onHeaders: observe, ...(authorization ? { authorization } : {}) })
  }

  async login(credentials: { phone?: string; password?: string }): Promise<{ token: string; seconds: number }> {
    const { data } = await this.http.post('/auth/login', credentials, { idempotent: true })
    const { access_token, expires_in } = parseResponse(login, data, 'a login')
    return { token: access_token, seconds: expires_in }
  }

  async me() {
    return parseResponse(me, (await this.http.get('/users/me')).data, 'the account')
  }

  async courier(): Promise<Courier> {
    return parseResponse(courier, (await this.http.get('/courier')).data, 'the courier')
  }

  async setStatus(status: string): Promise<void> {
    await this.http.put('/courier/status', { status })
  }

  /** @returns status and body of the response */
  async report(report: Report): Promise<{ status: number; data: unknown }> {
    return sendOrFind<{ status: number; data: unknown }>(
      () => this.http.post('/courier/location', report),
      async (lost) => {
        // A 503 with a reason is the backend's own response.
        if (lost instanceof ApiError && lost.failure.says !== undefined) throw lost
        return (await this.hasReported(report)) ? ACCEPTED : undefined
      },
    )
  }

  /** Whether the history contains the report; no history is shown to a caller whose reports are refused. */
  private async hasReported({ latitude, longitude }: Report): Promise<boolean> {
    try {
      const items = await this.history(LONGEST_HISTORY)
      return items.some((item) => item.latitude === latitude && item.longitude === longitude)
    } catch (error) {
      if (error instanceof ApiError && error.isRefusal) return false
      throw error
    }
  }

  async history(limit?: number): Promise<HistoryItems> {
    const extras = limit === undefined ? {} : { query: { limit } }
    return parseResponse(history, (await this.http.get('/courier/location/history', extras)).data, 'the history').items
  }

  async delivery(id: string): Promise<Delivery> {
    return parseResponse(delivery, (await this.http.get(`/deliveries/${id}`)).data, 'a delivery')
  }

  async complete(id: string): Promise<void> {
    const act = async (): Promise<true> => {
      await this.http.post(`/deliveries/${id}/complete`)
      return true
    }
    await sendOrFind(act, async () => (await this.delivery(id)).status === 'delivered' || undefined)
  }

  /** A completion that the backend is expected to refuse; it may be repeated, because none is completed twice. */
  async tryToComplete(id: string): Promise<void> {
    await this.http.post(`/deliveries/${id}/complete`, undefined, { idempotent: true })
  }

  async health(): Promise<Health> {
    return parseResponse(health, (await this.http.get('/health')).data, 'the health')
  }

  /** With a token that is not valid, so that it may be repeated. */
  async protectedCall(name: string): Promise<void> {
    const [method, path, body] = PROTECTED[name] ?? ['GET', '/users/me']
    if (method === 'GET') await this.http.get(path)
    else if (method === 'PUT') await this.http.put(path, body)
    else await this.http.post(path, body, { idempotent: true })
  }
}
