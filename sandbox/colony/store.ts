import { seededBytes, seededUuids } from '../kit/ids'
import { State } from '../kit/state'
import { notAuthenticated, notFound, postNotFound, refuse, userNotFound } from './errors'
import {
  type ColonyData,
  type ColonyRow,
  type CommentRow,
  DEFAULT_FLOORS,
  emptyColony,
  type Floors,
  type Named,
  newUser,
  type PostRow,
  type UserRow,
} from './model'
import { asId } from './parameters'
import { seed } from './seed'

/** Authors may edit and delete for 15 minutes, the last instant included. */
export const WINDOW = 15 * 60_000

/** The state of one Colony, and the queries that all routes share. */
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

  /** Strictly increasing, so that "newest first" is always defined. */
  now(): number {
    this.latest = Math.max(Date.now(), Math.round(this.latest * 1_000 + 1) / 1_000)
    return this.latest
  }

  /** A new key for the account; @param only whether earlier ones are revoked */
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

  /** @throws 404 where there is no such account, as do the next two */
  account(id: string): UserRow {
    return existing(this.user(id))
  }

  accountNamed(name: string): UserRow {
    return existing(this.userNamed(name))
  }

  /** By id, or by name in any case. */
  someone(idOrName: string): UserRow {
    return existing(this.user(asId(idOrName) ?? '') ?? this.userNamed(idOrName))
  }

  addUser({ id = this.uuid(), ...fields }: Partial<UserRow> & Named): UserRow {
    const user = newUser({ createdAt: this.now(), ...fields, id })
    this.data.users.set(id, user)
    return user
  }

  /** Whether a name belongs to an account or to a registration that is not confirmed yet. */
  isTaken(username: string): boolean {
    const wanted = username.toLowerCase()
    const pending = [...this.data.claims.values()].some(({ user, expires }) => user.username === wanted && expires >= Date.now())
    return pending || this.userNamed(wanted) !== undefined
  }

  /** Whether an account has done anything: written something, voted, followed, joined a colony, added a webhook. */
  hasActed(userId: string): boolean {
    const { posts, comments, messages, colonies, webhooks, votes, reactions, ballots, follows } = this.data
    const keys = [...votes.keys(), ...ballots.keys(), ...follows.keys(), ...reactions]
    return (
      keys.some((key) => key.startsWith(`${userId} `)) ||
      [...posts.values(), ...comments.values()].some(({ authorId }) => authorId === userId) ||
      messages.some(({ senderId }) => senderId === userId) ||
      [...colonies.values()].some(({ members }) => members.has(userId)) ||
      [...webhooks.values()].some(({ ownerId }) => ownerId === userId)
    )
  }

  removeUser(userId: string): void {
    this.data.users.delete(userId)
    for (const [key, owner] of this.data.keys) if (owner === userId) this.data.keys.delete(key)
  }

  colony(id: string): ColonyRow {
    const colony = this.data.colonies.get(id)
    if (!colony) throw notFound('Colony')
    return colony
  }

  /** The colony of a post; undefined where it is in none. */
  colonyOf({ colonyId }: Pick<PostRow, 'colonyId'>): ColonyRow | undefined {
    return colonyId === null ? undefined : this.data.colonies.get(colonyId)
  }

  /** Ids of the colonies an account is a member of. @throws 401 without an account */
  coloniesOf(viewer: string | undefined): Set<string> {
    if (viewer === undefined) throw notAuthenticated(401)
    const joined = [...this.data.colonies.values()].filter(({ members }) => members.has(viewer))
    return new Set(joined.map(({ id }) => id))
  }

  /**
   * Moderators are exempt.
   * @throws 403 for an account with less karma than the colony asks for
   */
  expectKarma(user: UserRow, colony: ColonyRow | undefined, act: keyof Floors): void {
    const floor = colony?.floors[act] ?? DEFAULT_FLOORS[act]
    if (user.karma >= floor || colony?.moderators.has(user.id)) return
    throw refuse(403, 'KARMA_TOO_LOW', `You need at least ${floor} karma to ${act} in this colony`)
  }

  colonyNamed(name: string): ColonyRow {
    const colony = [...this.data.colonies.values()].find((one) => one.name === name)
    if (!colony) throw notFound('Colony')
    return colony
  }

  /**
   * @param viewer may read a draft only as its author
   * @throws 404 for a post that is missing, deleted, or another account's draft
   */
  post(id: string, viewer?: string): PostRow {
    const post = this.data.posts.get(id)
    if (!post || (isDraft(post) && post.authorId !== viewer)) throw postNotFound()
    return post
  }

  /** @throws 404 for a comment that is missing, deleted, or below a post that is */
  comment(id: string): CommentRow {
    const comment = this.data.comments.get(id)
    if (!comment) throw notFound('Comment')
    return comment
  }

  /** Whether an account moderates the colony of a post. */
  moderates(userId: string, post: PostRow | undefined): boolean {
    return post !== undefined && (this.colonyOf(post)?.moderators.has(userId) ?? false)
  }

  addComment(post: PostRow, fields: Pick<CommentRow, 'authorId' | 'body' | 'createdAt'> & Partial<CommentRow>): CommentRow {
    const { createdAt } = fields
    const blank = { parentId: null, client: null, score: 0, updatedAt: createdAt }
    const comment = { ...blank, ...fields, id: this.uuid(), postId: post.id }
    this.data.comments.set(comment.id, comment)
    this.data.threads.set(post.id, [...(this.data.threads.get(post.id) ?? []), comment.id])
    post.lastCommentAt = createdAt
    return comment
  }

  /** Deletes a post with all its comments: afterwards it is like one that does not exist. */
  removePost(id: string): void {
    this.forget(new Set([id, ...(this.data.threads.get(id) ?? [])]))
    this.data.threads.delete(id)
  }

  removeComment({ id, postId }: CommentRow): void {
    const rest = (this.data.threads.get(postId) ?? []).filter((other) => other !== id)
    this.data.threads.set(postId, rest)
    this.forget(new Set([id]))
  }

  /** The comments of a post, oldest first. */
  commentsOf(postId: string): CommentRow[] {
    return (this.data.threads.get(postId) ?? []).flatMap((id) => this.data.comments.get(id) ?? [])
  }

  commentCount(postId: string): number {
    return this.data.threads.get(postId)?.length ?? 0
  }

  /** The posts that lists show: without drafts and testers' posts. */
  visiblePosts(): PostRow[] {
    return [...this.data.posts.values()].filter((post) => !isDraft(post) && !this.user(post.authorId)?.isTester)
  }

  /** Posts and comments, with the votes, reactions, watches and bookmarks they got. */
  private forget(ids: ReadonlySet<string>): void {
    const { posts, comments, votes, ballots, reactions, watches, bookmarks } = this.data
    for (const id of ids) {
      posts.delete(id)
      comments.delete(id)
    }
    const isAbout = (key: string): boolean => ids.has(key.split(' ')[1] ?? '')
    for (const kept of [votes, ballots, bookmarks, watches, reactions])
      for (const key of kept.keys()) if (isAbout(key)) kept.delete(key)
  }
}

function existing(user: UserRow | undefined): UserRow {
  if (!user) throw userNotFound()
  return user
}

function isDraft({ scheduledFor }: PostRow): boolean {
  return scheduledFor !== null && scheduledFor > Date.now()
}
