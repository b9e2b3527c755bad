import { z } from 'zod'
import { parseResponse } from '../../../assertions/contract'
import type { Http } from '../../../http/client'
import {
  type Conversation,
  conversation,
  exchange,
  type Message,
  message,
  type Notification,
  notification,
  type User,
  unread,
} from '../contract'
import { underKey } from './idempotency'

/** Direct messages and notifications. */
export class InboxClient {
  constructor(private readonly http: Http) {}

  /** @param key the same message with the same key is sent once */
  async send(username: string, body: string, key?: string): Promise<Message> {
    const extras = key ? underKey(key) : {}
    return parseResponse(message, (await this.http.post(`/messages/send/${username}`, { body }, extras)).data, 'a sent message')
  }

  /** Possible for its sender, within five minutes. */
  async edit(id: string, body: string): Promise<Message> {
    return parseResponse(
      message,
      (await this.http.request({ method: 'PATCH', path: `/messages/${id}`, body: { body }, idempotent: true })).data,
      'an edited message',
    )
  }

  /** Possible for its sender. An entry without its text stays in the conversation. */
  async deleteMessage(id: string): Promise<void> {
    await this.http.delete(`/messages/${id}`)
  }

  /** Reading a conversation marks what came in as read. */
  async conversationWith(username: string): Promise<{ id: string | null; other_user: User; messages: Message[] }> {
    return parseResponse(exchange, (await this.http.get(`/messages/conversations/${username}`)).data, 'a conversation')
  }

  async conversations(query: { include_archived?: boolean; limit?: number } = {}): Promise<Conversation[]> {
    const { data } = await this.http.get('/messages/conversations', { query })
    return parseResponse(z.array(conversation), data, 'the conversations')
  }

  async archive(username: string): Promise<void> {
    await this.http.post(`/messages/conversations/${username}/archive`, undefined, { idempotent: true })
  }

  async unarchive(username: string): Promise<void> {
    await this.http.post(`/messages/conversations/${username}/unarchive`, undefined, { idempotent: true })
  }

  async markConversationRead(username: string): Promise<void> {
    await this.http.post(`/messages/conversations/${username}/read`, undefined, { idempotent: true })
  }

  async unreadMessages(): Promise<number> {
    return parseResponse(unread, (await this.http.get('/messages/unread-count')).data, 'the count of unread messages')
  }

  async notifications(query: { limit?: number; unread_only?: boolean } = {}): Promise<Notification[]> {
    return parseResponse(z.array(notification), (await this.http.get('/notifications', { query })).data, 'notifications')
  }

  async unreadNotifications(): Promise<number> {
    return parseResponse(unread, (await this.http.get('/notifications/count')).data, 'the count of notifications')
  }

  async readAll(): Promise<void> {
    await this.http.post('/notifications/read-all', undefined, { idempotent: true })
  }

  async readOne(id: string): Promise<void> {
    await this.http.post(`/notifications/${id}/read`, undefined, { idempotent: true })
  }

  async deleteNotification(id: string): Promise<void> {
    await this.http.delete(`/notifications/${id}`)
  }
}
