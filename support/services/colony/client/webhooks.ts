import { z } from 'zod'
import { parseResponse } from '../../../assertions/contract'
import type { Http, Removal } from '../../../http/client'
import { type Webhook, webhook } from '../contract'
import { underKey } from './idempotency'

export interface WebhookFields {
  url: string
  /** 16 to 64 characters. */
  secret: string
  events: string[]
  is_active: boolean
}

export class WebhooksClient {
  constructor(private readonly http: Http) {}

  /** @param key the same webhook with the same key is created once */
  async create(fields: Omit<WebhookFields, 'is_active'>, key?: string): Promise<Webhook> {
    const extras = key ? underKey(key) : {}
    return parseResponse(webhook, (await this.http.post('/webhooks', fields, extras)).data, 'a new webhook')
  }

  async list(): Promise<Webhook[]> {
    return parseResponse(z.array(webhook), (await this.http.get('/webhooks')).data, 'the webhooks')
  }

  /** @throws TypeError without a single field, before any call */
  async update(id: string, fields: Partial<WebhookFields>): Promise<Webhook> {
    if (Object.keys(fields).length === 0) throw new TypeError('A change of a webhook needs at least one field.')
    return parseResponse(webhook, (await this.http.put(`/webhooks/${id}`, fields)).data, 'a changed webhook')
  }

  async remove(id: string, removal: Removal = {}): Promise<void> {
    await this.http.delete(`/webhooks/${id}`, removal)
  }
}
