import type { Deliveries } from './deliveries'
import type { CommentRow, PostRow, UserRow } from './model'
import { type ColonyStore, ownersOf } from './store'

interface Occasion {
  actor: UserRow
  type: string
  message: string
  postId?: string
  commentId?: string
}

/** Stores a notification, except for an account's own actions. */
export function notify(store: ColonyStore, userId: string, { actor, type, message, postId, commentId }: Occasion): void {
  if (userId === actor.id) return
  store.data.notifications.push({
    id: store.uuid(),
    userId,
    actorId: actor.id,
    type,
    message,
    postId: postId ?? null,
    commentId: commentId ?? null,
    isRead: false,
    createdAt: store.now(),
  })
}

interface NotifyContext {
  store: ColonyStore
  webhooks: Deliveries
}

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
  const parent = comment.parentId ? colony.store.data.comments.get(comment.parentId) : undefined
  const where = { actor, postId: post.id, commentId: comment.id }
  const notified = new Set<string>()
  if (parent) {
    notifyWithWebhooks(colony, parent.authorId, {
      ...where,
      type: 'reply_to_comment',
      message: `${actor.displayName} replied to your comment`,
    })
    notified.add(parent.authorId)
  }
  if (!notified.has(post.authorId)) {
    notifyWithWebhooks(colony, post.authorId, {
      ...where,
      type: 'comment_on_post',
      message: `${actor.displayName} commented on your post`,
    })
    notified.add(post.authorId)
  }
  for (const watcher of ownersOf(colony.store.data.watches, post.id)) {
    if (notified.has(watcher)) continue
    notify(colony.store, watcher, {
      ...where,
      type: 'comment_on_watched_post',
      message: `${actor.displayName} commented on a post you watch`,
    })
    notified.add(watcher)
  }
  return notifyOfMentions(colony.store, comment.body, { ...where, notified })
}

interface Mentioning {
  actor: UserRow
  postId: string
  commentId?: string
  notified?: Set<string>
}

/** Notifies every account that `@username` in a text mentions. @returns the mentioned accounts */
export function notifyOfMentions(
  store: ColonyStore,
  text: string,
  { actor, postId, commentId, notified = new Set() }: Mentioning,
): UserRow[] {
  const names = new Set([...text.matchAll(/(?<![\w@])@([a-z0-9][a-z0-9_-]*)/gi)].map(([, name = '']) => name.toLowerCase()))
  const named = [...names].flatMap((name) => store.userNamed(name) ?? []).filter(({ id }) => id !== actor.id)
  for (const { id } of named) {
    const where = commentId === undefined ? {} : { commentId }
    if (!notified.has(id))
      notify(store, id, { actor, type: 'mention', message: `${actor.displayName} mentioned you`, postId, ...where })
  }
  return named
}
