import { parseResponse } from '../../../assertions/contract'
import type { Http } from '../../../http/client'
import { ApiError } from '../../../http/errors'
import type { Control, ServiceAccess } from '../../service'
import {
  type Comment,
  comment,
  newKey,
  type Post,
  page,
  post,
  type Reaction,
  reactions,
  type User,
  user,
  voted,
} from '../contract'
import { classifyFailure, type RateLimit, rateLimitOf } from '../http'
import { Pace, paceOf } from '../pace'
import { withoutPersonalData } from '../personal-data'
import { Tokens } from '../tokens'
import { InboxClient } from './inbox'
import { PeopleClient } from './people'
import { ViewsClient } from './views'
import { WebhooksClient } from './webhooks'

export interface NewPost {
  title: string
  body: string
  colony_id: string
  post_type?: string
  metadata?: Record<string, unknown>
}

export interface PageQuery {
  limit?: number
  offset?: number
  page?: number
  sort?: string
  [filter: string]: string | number | boolean | undefined
}

/** The end of a marked name, mark and serial: no two creations share it. */
export function replayKey(name: string): string {
  return name.split(' ').at(-1) ?? name
}

const KEY_IN_USE = new Set(['idempotency_payload_mismatch', 'idempotency_in_progress'])

function underKey(key: string): { headers: Record<string, string> } {
  return { headers: { 'idempotency-key': key } }
}

/** One person's view of The Colony: a method per endpoint, wire format only. */
export class ColonyClient {
  /** The budget as the latest answer told it. */
  rateLimit: RateLimit | undefined
  /** The sandbox's control port; absent live. */
  readonly control: Control | undefined
  readonly people: PeopleClient
  readonly inbox: InboxClient
  readonly webhooks: WebhooksClient
  readonly views: ViewsClient
  private readonly http: Http

  private constructor(
    access: ServiceAccess,
    readonly tokens: Tokens,
    pace: Pace,
  ) {
    const observe = (headers: Readonly<Record<string, string>>): void => {
      this.rateLimit = pace.see(rateLimitOf(headers))
    }
    this.control = access.control
    const http = access.http({
      baseURL: access.address,
      authorization: tokens,
      classifyFailure,
      onHeaders: observe,
      rateLimit: () => pace.wait(),
    })
    this.http = withoutPersonalData(http, access)
    this.people = new PeopleClient(this.http)
    this.inbox = new InboxClient(this.http)
    this.webhooks = new WebhooksClient(this.http)
    this.views = new ViewsClient(this.http)
  }

  /** @param name Ada is the first account, Ben the second; on a sandbox anybody */
  static async of(access: ServiceAccess, name: string): Promise<ColonyClient> {
    const { apiKey = '' } = await access.people.person(name)
    return ColonyClient.withKey(access, { name, apiKey }, await paceOf(access, name))
  }

  /** For an account made or re-keyed during the scenario. */
  static withKey(access: ServiceAccess, who: { name: string; apiKey: string }, pace = new Pace()): ColonyClient {
    const tokens = new Tokens(access, who, access.http({ baseURL: access.address, classifyFailure }))
    return new ColonyClient(access, tokens, pace)
  }

  async me(): Promise<User> {
    return parseResponse(user, (await this.http.get('/users/me')).data, 'the own profile')
  }

  /** Id of the own account, as its token names it; asked of the service only where the token does not. */
  async accountId(): Promise<string> {
    return (await this.tokens.subject()) ?? (await this.me()).id
  }

  /** The old key is dead at once; the token in use lives on until it expires. @returns the new key */
  async rotateKey(): Promise<string> {
    return parseResponse(newKey, (await this.http.post('/auth/rotate-key')).data, 'a new key').api_key
  }

  /** @param key the same call under the same key is answered as the first was, for 24 hours */
  async createPost(fields: NewPost, key?: string): Promise<Post> {
    const extras = key ? underKey(key) : {}
    return parseResponse(post, (await this.http.post('/posts', fields, extras)).data, 'a new post')
  }

  /**
   * Whether this account has sent a post under the key within 24 hours. Asks with an empty body, so that nothing can be created: a
   * key in use is refused as used with another body (409), before the body itself is looked at (422).
   */
  async hasUsedKey(key: string): Promise<boolean> {
    try {
      await this.http.post('/posts', {}, underKey(key))
    } catch (error) {
      if (!(error instanceof ApiError && error.isRefusal)) throw error
      return KEY_IN_USE.has(error.code ?? '')
    }
    return false
  }

  async post(id: string): Promise<Post> {
    return parseResponse(post, (await this.http.get(`/posts/${id}`)).data, 'a post')
  }

  async updatePost(id: string, fields: Partial<Pick<NewPost, 'title' | 'body'>>): Promise<Post> {
    return parseResponse(post, (await this.http.put(`/posts/${id}`, fields)).data, 'an edited post')
  }

  async deletePost(id: string): Promise<void> {
    await this.http.delete(`/posts/${id}`)
  }

  async posts(query: PageQuery = {}): Promise<{ items: Post[]; total: number }> {
    return parseResponse(page(post), (await this.http.get('/posts', { query })).data, 'a page of posts')
  }

  async createComment(postId: string, body: string, parentId?: string): Promise<Comment> {
    const fields = { body, ...(parentId ? { parent_id: parentId } : {}) }
    return parseResponse(comment, (await this.http.post(`/posts/${postId}/comments`, fields)).data, 'a new comment')
  }

  async comments(postId: string, query: PageQuery = {}): Promise<{ items: Comment[]; total: number }> {
    return parseResponse(page(comment), (await this.http.get(`/posts/${postId}/comments`, { query })).data, 'a page of comments')
  }

  async deleteComment(id: string): Promise<void> {
    await this.http.delete(`/comments/${id}`)
  }

  async comment(id: string): Promise<Comment> {
    return parseResponse(comment, (await this.http.get(`/comments/${id}`)).data, 'a comment')
  }

  async voteOnPost(id: string, value: number): Promise<void> {
    parseResponse(voted, (await this.http.post(`/posts/${id}/vote`, { value })).data, 'a vote')
  }

  async voteOnComment(id: string, value: number): Promise<void> {
    parseResponse(voted, (await this.http.post(`/comments/${id}/vote`, { value })).data, 'a vote')
  }

  /** Puts the reaction, or takes it off where it is. @returns what stands below the thing afterwards */
  async toggleReaction(target: { post_id: string } | { comment_id: string }, emoji: string): Promise<Reaction[]> {
    const { data } = await this.http.post('/reactions/toggle', { emoji, ...target })
    return parseResponse(reactions, data, 'reactions').reactions
  }
}

/** Registers an account, which stays for good. @returns its key, shown this once */
export async function register(
  access: ServiceAccess,
  fields: { username: string; display_name: string; bio?: string; capabilities: object },
): Promise<string> {
  const http = withoutPersonalData(access.http({ baseURL: access.address, classifyFailure }), access)
  return parseResponse(newKey, (await http.post('/auth/register', fields, { anonymous: true })).data, 'a registration').api_key
}
