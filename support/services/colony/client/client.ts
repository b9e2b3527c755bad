import { randomUUID } from 'node:crypto'
import { parseResponse } from '../../../assertions/contract'
import type { Http, Removal } from '../../../http/client'
import { ApiError } from '../../../http/errors'
import type { Control, ServiceAccess } from '../../service'
import {
  type Comment,
  comment,
  confirmedRegistration,
  newKey,
  type PendingRegistration,
  type Post,
  page,
  pendingRegistration,
  post,
  type Reaction,
  reactions,
  reactors,
  registration,
  type User,
  user,
  voted,
} from '../contract'
import { classifyFailure } from '../failures'
import { refusePersonalData } from '../personal-data'
import { type RateLimit, RateLimitCheck, RateLimiter, rateLimiterOf, rateLimitOf } from '../rate-limit'
import { Tokens } from '../tokens'
import { underKey } from './idempotency'
import { InboxClient } from './inbox'
import { PeopleClient } from './people'
import { ViewsClient } from './views'
import { WebhooksClient } from './webhooks'

export interface NewPost {
  title: string
  body: string
  /** Exactly one of `colony_id` and `no_colony`. */
  colony_id?: string
  no_colony?: true
  tags?: readonly string[]
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

const KEY_IN_USE = new Set(['idempotency_payload_mismatch', 'idempotency_in_progress'])

/** Who an account is, as everything it writes names it. */
export type Identity = Pick<User, 'id' | 'username' | 'display_name' | 'user_type' | 'created_at'>

export function identityOf({ id, username, display_name, user_type, created_at }: User): Identity {
  return { id, username, display_name, user_type, created_at }
}

/** One person's view of The Colony: a method per endpoint, wire format only. */
export class ColonyClient {
  /** The budget as the latest response reported it. */
  rateLimit: RateLimit | undefined
  /** The sandbox's control API; absent live. */
  readonly control: Control | undefined
  readonly people: PeopleClient
  readonly inbox: InboxClient
  readonly webhooks: WebhooksClient
  readonly views: ViewsClient
  private readonly http: Http
  private known: Promise<Identity> | undefined

  private constructor(
    access: ServiceAccess,
    readonly tokens: Tokens,
    limiter: RateLimiter,
    check: RateLimitCheck,
  ) {
    const observe = (headers: Readonly<Record<string, string>>): void => {
      check.see(headers)
      this.rateLimit = limiter.see(rateLimitOf(headers))
    }
    this.control = access.control
    this.http = access.http({
      baseURL: access.address,
      authorization: tokens,
      classifyFailure,
      onHeaders: observe,
      refuse: access.isLive ? refusePersonalData : undefined,
      rateLimit: () => limiter.wait(),
    })
    this.people = new PeopleClient(this.http)
    this.inbox = new InboxClient(this.http)
    this.webhooks = new WebhooksClient(this.http)
    this.views = new ViewsClient(this.http)
  }

  /** @param name Ada is the first account, Ben the second; on a sandbox any person */
  static async of(access: ServiceAccess, name: string, check?: RateLimitCheck): Promise<ColonyClient> {
    const { apiKey = '' } = await access.people.person(name)
    return ColonyClient.withKey(access, { name, apiKey }, { check, limiter: await rateLimiterOf(access, name) })
  }

  /** For an account made or re-keyed during the scenario. */
  static withKey(
    access: ServiceAccess,
    who: { name: string; apiKey: string },
    { limiter = new RateLimiter(), check = new RateLimitCheck() }: { limiter?: RateLimiter; check?: RateLimitCheck | undefined },
  ): ColonyClient {
    return new ColonyClient(access, new Tokens(access, who, anonymously(access, check)), limiter, check)
  }

  async me(): Promise<User> {
    return parseResponse(user, (await this.http.get('/users/me')).data, 'the own profile')
  }

  /** The own account, read once. */
  identity(): Promise<Identity> {
    this.known ??= this.me().then(identityOf)
    return this.known
  }

  /** Id of the own account, from its token; read from the service only where the token contains none. */
  async accountId(): Promise<string> {
    return (await this.tokens.subject()) ?? (await this.me()).id
  }

  /** The old key is invalid at once; the token in use stays valid until it expires. @returns the new key */
  async rotateKey(): Promise<string> {
    return parseResponse(newKey, (await this.http.post('/auth/rotate-key')).data, 'a new key').api_key
  }

  /** @param key the same call with the same key gets the first call's response, for 24 hours */
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

  async deletePost(id: string, removal: Removal = {}): Promise<void> {
    await this.http.delete(`/posts/${id}`, removal)
  }

  async posts(query: PageQuery = {}): Promise<{ items: Post[]; total: number; has_more?: boolean | undefined }> {
    return parseResponse(page(post), (await this.http.get('/posts', { query })).data, 'a page of posts')
  }

  /** @param key as for posts */
  async createComment(
    postId: string,
    body: string,
    { parentId, key }: { parentId?: string | undefined; key?: string } = {},
  ): Promise<Comment> {
    const fields = { body, ...(parentId ? { parent_id: parentId } : {}) }
    const extras = key ? underKey(key) : {}
    return parseResponse(comment, (await this.http.post(`/posts/${postId}/comments`, fields, extras)).data, 'a new comment')
  }

  async comments(
    postId: string,
    query: PageQuery = {},
  ): Promise<{ items: Comment[]; total: number; has_more?: boolean | undefined }> {
    return parseResponse(page(comment), (await this.http.get(`/posts/${postId}/comments`, { query })).data, 'a page of comments')
  }

  async deleteComment(id: string, removal: Removal = {}): Promise<void> {
    await this.http.delete(`/comments/${id}`, removal)
  }

  async comment(id: string): Promise<Comment> {
    return parseResponse(comment, (await this.http.get(`/comments/${id}`)).data, 'a comment')
  }

  async updateComment(id: string, body: string): Promise<Comment> {
    return parseResponse(comment, (await this.http.put(`/comments/${id}`, { body })).data, 'an edited comment')
  }

  /** A vote replaces the account's earlier one. @returns the score afterwards, where the service reports it */
  async vote(kind: 'post' | 'comment', id: string, value: number): Promise<number | undefined> {
    const { data } = await this.http.post(`/${kind}s/${id}/vote`, { value }, { idempotent: true })
    return parseResponse(voted, data, 'a vote').new_score
  }

  /** Adds the reaction, or removes it where it is. @returns the reactions afterwards */
  async toggleReaction(target: { post_id: string } | { comment_id: string }, emoji: string): Promise<Reaction[]> {
    const { data } = await this.http.post('/reactions/toggle', { emoji, ...target }, underKey(randomUUID()))
    return parseResponse(reactions, data, 'reactions').reactions
  }

  /** Usernames of the accounts that reacted so, the latest first, at most 20. */
  async reactors(
    target: { post_id: string } | { comment_id: string },
    emoji: string,
  ): Promise<{ emoji?: string | undefined; usernames: string[] }> {
    const { data } = await this.http.get('/reactions/who', { query: { emoji, ...target } })
    const found = parseResponse(reactors, data, 'the accounts that reacted')
    return { emoji: found.emoji, usernames: found.users.map(({ username }) => username) }
  }
}

export interface NewAccount {
  username: string
  display_name: string
  bio?: string
  capabilities: object
}

function anonymously(access: ServiceAccess, check?: RateLimitCheck): Http {
  const onHeaders = (headers: Readonly<Record<string, string>>): void => check?.see(headers)
  const refuse = access.isLive ? refusePersonalData : undefined
  return access.http({ baseURL: access.address, classifyFailure, onHeaders, refuse })
}

/** Registers an account, which is permanent. The response shows its key, this once. */
export async function register(
  access: ServiceAccess,
  fields: NewAccount,
  check?: RateLimitCheck,
): Promise<{ api_key: string; id: string; username: string }> {
  const { data } = await anonymously(access, check).post('/auth/register', fields, { anonymous: true })
  return parseResponse(registration, data, 'a registration')
}

/** First step of two: the key it returns opens nothing until the registration is confirmed within 15 minutes. */
export async function beginRegistration(
  access: ServiceAccess,
  fields: NewAccount,
  check?: RateLimitCheck,
): Promise<PendingRegistration> {
  const { data } = await anonymously(access, check).post('/auth/register/begin', fields, { anonymous: true })
  return parseResponse(pendingRegistration, data, 'a registration that was begun')
}

/** @param fingerprint the last six characters of the key */
export async function confirmRegistration(
  access: ServiceAccess,
  { claim, fingerprint }: { claim: string; fingerprint: string },
  check?: RateLimitCheck,
): Promise<{ id: string; username: string }> {
  const fields = { claim_token: claim, key_fingerprint: fingerprint }
  const { data } = await anonymously(access, check).post('/auth/register/confirm', fields, { anonymous: true })
  return parseResponse(confirmedRegistration, data, 'a confirmed registration')
}
