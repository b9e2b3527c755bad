import { z } from 'zod'
import { parseResponse } from '../../../assertions/contract'
import type { Http } from '../../../http/client'
import { conversation, exchange, type Message, message, type Notification, notification, unread } from '../contract'

/** Direct messages and notifications. */
export class InboxClient {
  constructor(private readonly http: Http) {}

  async send(username: string, body: string): Promise<Message> {
    return parseResponse(message, (await this.http.post(`/messages/send/${username}`, { body })).data, 'a sent message')
  }

  /** Reading a conversation marks what came in as read. */
  async conversationWith(username: string): Promise<Message[]> {
    return parseResponse(exchange, (await this.http.get(`/messages/conversations/${username}`)).data, 'a conversation').messages
  }

  async conversations(): Promise<{ other_user: { username: string }; last_message_at: string }[]> {
    return parseResponse(z.array(conversation), (await this.http.get('/messages/conversations')).data, 'the conversations')
  }

  async unreadMessages(): Promise<number> {
    return parseResponse(unread, (await this.http.get('/messages/unread-count')).data, 'the count of unread messages')
      .unread_count
  }

  async notifications(query: { limit?: number; unread_only?: boolean } = {}): Promise<Notification[]> {
    return parseResponse(z.array(notification), (await this.http.get('/notifications', { query })).data, 'notifications')
  }

  async unreadNotifications(): Promise<number> {
    return parseResponse(unread, (await this.http.get('/notifications/count')).data, 'the count of notifications').unread_count
  }

  async readAll(): Promise<void> {
    await this.http.post('/notifications/read-all')
  }

  async readOne(id: string): Promise<void> {
    await this.http.post(`/notifications/${id}/read`)
  }
}
