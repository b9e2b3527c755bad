import { assertAgrees } from '../../../assertions/agreement'
import { parseResponse } from '../../../assertions/contract'
import type { NewFile } from '../../../chat/adapter'
import type { Http } from '../../../http/client'
import { Base64Digester, type Digest } from '../../../http/digest'
import { MultipartForm } from '../../../http/multipart'
import { type Message, message, messages, suppressed } from '../contract'

export interface Parts {
  /** MessageML. */
  message: string
  files?: readonly NewFile[]
}

export interface HistoryQuery {
  /** Unix milliseconds of the start. */
  since: number
  until?: number
  skip?: number
  limit?: number
}

/** Messages, by the agent; suppressing them is a call of the pod. */
export class MessagesClient {
  constructor(
    private readonly agent: Http,
    private readonly pod: Http,
  ) {}

  async send(streamId: string, parts: Parts): Promise<Message> {
    const { headers, body } = formOf(parts)
    const { data } = await this.agent.post(`/v4/stream/${encodeURIComponent(streamId)}/message/create`, body, { headers })
    return parseResponse(message, data, 'a new message')
  }

  /** @returns the new version, which has an id of its own */
  async update(streamId: string, messageId: string, parts: Parts): Promise<Message> {
    const { headers, body } = formOf(parts)
    const path = `/v4/stream/${encodeURIComponent(streamId)}/message/${encodeURIComponent(messageId)}/update`
    return parseResponse(message, (await this.agent.post(path, body, { headers })).data, 'a changed message')
  }

  /** @returns undefined if the response is 204 */
  async message(id: string): Promise<Message | undefined> {
    const { status, data } = await this.agent.get(`/v1/message/${encodeURIComponent(id)}`)
    return status === 204 ? undefined : parseResponse(message, data, 'a message')
  }

  /** In the order of the response, which is not documented. */
  async history(streamId: string, query: HistoryQuery): Promise<Message[]> {
    const { status, data } = await this.agent.get(`/v4/stream/${encodeURIComponent(streamId)}/message`, { query: { ...query } })
    return status === 204 ? [] : parseResponse(messages, data, 'the messages of a stream')
  }

  /** For a refusal: a history without a start time. */
  async historyWithoutSince(streamId: string): Promise<unknown> {
    return (await this.agent.get(`/v4/stream/${encodeURIComponent(streamId)}/message`)).data
  }

  async attachment(streamId: string, messageId: string, fileId: string): Promise<Digest> {
    const { data } = await this.agent.get<Digest>(`/v1/stream/${encodeURIComponent(streamId)}/attachment`, {
      query: { fileId, messageId },
      digest: Base64Digester,
    })
    return data
  }

  async suppress(id: string): Promise<void> {
    const { data } = await this.pod.post(`/v1/admin/messagesuppression/${encodeURIComponent(id)}/suppress`)
    assertAgrees('a suppression', parseResponse(suppressed, data, 'a suppression'), { messageId: id, suppressed: true })
  }
}

/** A form with only text is sent as text, so that a failure can show it. */
function formOf({ message: text, files = [] }: Parts): { headers: Record<string, string>; body: string | MultipartForm } {
  const form = new MultipartForm([
    { name: 'message', text },
    ...files.map(({ name, pieces }) => ({ name: 'attachment', filename: name, type: 'application/octet-stream', pieces })),
  ])
  return { headers: { 'content-type': form.contentType }, body: files.length > 0 ? form : form.toString() }
}
