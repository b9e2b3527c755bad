import { type CommentRow, ownersOf, type PostRow, type UserRow } from './model'
import type { Colony } from './route'
import type { ColonyStore } from './store'

interface Occasion {
  actor: UserRow
  type: string
  /** What the actor did: `started following you`. */
  did: string
  postId?: string
  commentId?: string
}

/** Stores a notification, except for an account's own actions. */
export function notify(store: ColonyStore, userId: string, { actor, type, did, postId, commentId }: Occasion): void {
  if (userId === actor.id) return
  store.data.notifications.push({
    id: store.uuid(),
    userId,
    actorId: actor.id,
    type,
    message: `${actor.displayName} ${did}`,
    postId: postId ?? null,
    commentId: commentId ?? null,
    isRead: false,
    createdAt: store.now(),
  })
}

/** Whom to notify, of what. */
type Notice = [userId: string, type: string, did: string]

type NotifyContext = Pick<Colony, 'store' | 'webhooks'>

/** Stores a notification, and sends it to the account's webhooks that subscribe to its kind. @param more fields of the webhook event only */
export function notifyWithWebhooks(
  { store, webhooks }: NotifyContext,
  userId: string,
  occasion: Occasion,
  more: Record<string, unknown> = {},
): void {
  const { actor, type, postId, commentId } = occasion
  notify(store, userId, occasion)
  if (userId === actor.id) return
  const post = postId === undefined ? undefined : store.data.posts.get(postId)
  const about = post ? { post_id: post.id, post_title: post.title } : {}
  const comment = commentId === undefined ? {} : { comment_id: commentId }
  webhooks.publish(type, { actor: actor.username, ...about, ...comment, ...more }, [userId])
}

/**
 * Notifies the parent's author of a reply, the post's author and those who watch the post of a comment, each once, and all mentioned
 * accounts. The kind of a watcher's notification is assumed.
 * @returns the mentioned accounts
 */
export function notifyOfComment(colony: NotifyContext, actor: UserRow, post: PostRow, comment: CommentRow): UserRow[] {
  const { data } = colony.store
  const parent = comment.parentId ? data.comments.get(comment.parentId) : undefined
  const occasions: Notice[] = [
    [post.authorId, 'comment_on_post', 'commented on your post'],
    ...ownersOf(data.watches, post.id).map((id): Notice => [id, 'comment_on_watched_post', 'commented on a post you watch']),
  ]
  if (parent) occasions.unshift([parent.authorId, 'reply_to_comment', 'replied to your comment'])
  const where = { actor, postId: post.id, commentId: comment.id }
  const notified = new Set<string>()
  for (const [userId, type, did] of occasions) {
    if (!notified.has(userId)) notifyWithWebhooks(colony, userId, { ...where, type, did })
    notified.add(userId)
  }
  return notifyOfMentions(colony.store, comment.body, { ...where, notified })
}

/** Notifies every account that `@username` in a text mentions. @returns the mentioned accounts */
export function notifyOfMentions(
  store: ColonyStore,
  text: string,
  { notified, ...where }: Omit<Occasion, 'type' | 'did'> & { notified?: ReadonlySet<string> },
): UserRow[] {
  const names = new Set([...text.matchAll(/(?<![\w@])@([a-z0-9][a-z0-9_-]*)/gi)].map(([, name = '']) => name.toLowerCase()))
  const named = [...names].flatMap((name) => store.userNamed(name) ?? []).filter(({ id }) => id !== where.actor.id)
  for (const { id } of named) {
    if (!notified?.has(id)) notify(store, id, { ...where, type: 'mention', did: 'mentioned you' })
  }
  return named
}
