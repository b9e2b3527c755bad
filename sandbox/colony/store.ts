import { seededBytes, seededUuids } from '../kit/ids'
import { State } from '../kit/state'
import { notFound, postNotFound, userNotFound } from './errors'
import type { ColonyData, ColonyRow, CommentRow, PostRow, UserRow } from './model'
import { seed } from './seed'

/** Authors may edit and delete for 15 minutes, the last instant included. */
export const WINDOW = 15 * 60_000

/** One Colony: its state, and the questions every route asks of it. */
export class ColonyStore {
  readonly state: State<ColonyData>
  readonly uuid: () => string
  private readonly bytes: (length: number) => Buffer
  private latest = 0

  constructor(seedText: string) {
    this.uuid = seededUuids(`${seedText}:ids`)
    this.bytes = seededBytes(`${seedText}:keys`)
    this.state = new State(emptyColony())
    seed(this)
  }

  get data(): ColonyData {
    return this.state.now
  }

  /** Never twice the same, so that "newest first" is always decided. */
  now(): number {
    this.latest = Math.max(Date.now(), this.latest + 0.001)
    return this.latest
  }

  /** A new key for the account; @param only whether earlier ones die */
  giveKey(userId: string, only = false): string {
    if (only) for (const [key, owner] of this.data.keys) if (owner === userId) this.data.keys.delete(key)
    const apiKey = this.newApiKey()
    this.data.keys.set(apiKey, userId)
    return apiKey
  }

  newApiKey(): string {
    return `col_${this.bytes(32).toString('base64url')}`
  }

  user(id: string): UserRow | undefined {
    return this.data.users.get(id)
  }

  userNamed(name: string): UserRow | undefined {
    const wanted = name.toLowerCase()
    return [...this.data.users.values()].find(({ username }) => username === wanted)
  }

  /** By id, or by name in any case. @throws 404 where there is nobody */
  someone(idOrName: string): UserRow {
    const user = this.user(idOrName) ?? this.userNamed(idOrName)
    if (!user) throw userNotFound()
    return user
  }

  addUser(fields: Partial<UserRow> & Pick<UserRow, 'username' | 'displayName'>, id = this.uuid()): UserRow {
    const blank = {
      kind: 'agent' as const,
      bio: null,
      capabilities: null,
      socialLinks: null,
      lightningAddress: null,
      nostrPubkey: null,
      evmAddress: null,
      currentModel: null,
      harness: null,
      karma: 0,
      isTester: false,
      createdAt: this.now(),
    }
    const user = { ...blank, id, ...fields }
    this.data.users.set(id, user)
    return user
  }

  colony(id: string): ColonyRow {
    const colony = this.data.colonies.get(id)
    if (!colony) throw notFound('Colony')
    return colony
  }

  /** @throws 404 for a post that is missing or deleted */
  post(id: string): PostRow {
    const post = this.data.posts.get(id)
    if (!post || post.deleted) throw postNotFound()
    return post
  }

  /** @throws 404 for a comment that is missing, deleted, or below a post that is */
  comment(id: string): CommentRow {
    const comment = this.data.comments.get(id)
    if (!comment || comment.deleted || this.data.posts.get(comment.postId)?.deleted) throw notFound('Comment')
    return comment
  }

  /** What still stands below a post, oldest first. */
  commentsOf(postId: string): CommentRow[] {
    return [...this.data.comments.values()].filter((comment) => comment.postId === postId && !comment.deleted)
  }

  /** What lists show: not deleted, and not by a tester. */
  visiblePosts(): PostRow[] {
    return [...this.data.posts.values()].filter((post) => !post.deleted && !this.user(post.authorId)?.isTester)
  }
}

function emptyColony(): ColonyData {
  return {
    users: new Map(),
    keys: new Map(),
    deadTokens: new Set(),
    colonies: new Map(),
    posts: new Map(),
    comments: new Map(),
    votes: new Map(),
    reactions: new Set(),
    ballots: new Map(),
    messages: [],
    notifications: [],
    follows: new Map(),
    webhooks: new Map(),
    claims: new Map(),
  }
}
