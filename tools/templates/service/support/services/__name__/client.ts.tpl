import { parseResponse } from '../../assertions/contract'
import type { Http } from '../../http/client'
import type { ServiceAccess } from '../service'
import type { ReceivedResponse, FailedResponse } from '../../http/failure'
import { retryAfterOf } from '../../http/failure'
import { type Thing, thing } from './contract'

/** One person's view of __title__: a method per endpoint, wire format only. */
export class __Name__Client {
  private constructor(private readonly http: Http) {}

  static async of(access: ServiceAccess, name: string): Promise<__Name__Client> {
    const { token = '' } = await access.people.person(name)
    const authorization = { headers: async () => ({ authorization: `Bearer ${token}` }) }
    return new __Name__Client(access.http({ baseURL: access.address, authorization, classifyFailure }))
  }

  async make(title: string): Promise<Thing> {
    return parseResponse(thing, (await this.http.post('/things', { title })).data, 'a new thing')
  }

  async thing(id: string): Promise<Thing> {
    return parseResponse(thing, (await this.http.get(`/things/${id}`)).data, 'a thing')
  }

  async things(): Promise<Thing[]> {
    return parseResponse(thing.array(), (await this.http.get('/things')).data, 'the things')
  }

  async remove(id: string): Promise<void> {
    await this.http.delete(`/things/${id}`)
  }
}

/** `{"error": {code, message}}` with a failing status. */
function classifyFailure({ status, data, headers }: ReceivedResponse): FailedResponse | undefined {
  if (status < 400) return undefined
  const { code, message } = (data as { error?: { code?: string; message?: string } } | null)?.error ?? {}
  return { status, code, says: message, retryAfter: retryAfterOf(headers) }
}
