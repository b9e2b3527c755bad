import type { Deliveries } from './deliveries'
import type { CommentRow, PostRow, UserRow } from './model'
import type { ColonyStore } from './store'

interface Occasion {
  actor: UserRow
  type: string
  message: string
  postId?: string
  commentId?: string
}

/** Leaves a notification, never for what somebody did to themselves. */
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

interface Told {
  store: ColonyStore
  webhooks: Deliveries
}

/** Leaves a notification, and calls the webhooks of that person that asked for its kind. @param more that only the call tells */
export function tell({ store, webhooks }: Told, userId: string, occasion: Occasion, more: Record<string, unknown> = {}): void {
  const { actor, type, postId, commentId } = occasion
  notify(store, userId, occasion)
  if (userId === actor.id) return
  const post = postId === undefined ? undefined : store.data.posts.get(postId)
  const about = post ? { post_id: post.id, post_title: post.title } : {}
  const comment = commentId === undefined ? {} : { comment_id: commentId }
  webhooks.tell(type, { actor: actor.username, ...about, ...comment, ...more }, [userId])
}

/** The parent's author hears of an answer, the post's author of a comment, once even if they are the same; and all who are named. @returns who was named */
export function notifyOfComment(colony: Told, actor: UserRow, post: PostRow, comment: CommentRow): UserRow[] {
  const parent = comment.parentId ? colony.store.data.comments.get(comment.parentId) : undefined
  const where = { actor, postId: post.id, commentId: comment.id }
  const told = new Set<string>()
  if (parent) {
    tell(colony, parent.authorId, {
      ...where,
      type: 'reply_to_comment',
      message: `${actor.displayName} replied to your comment`,
    })
    told.add(parent.authorId)
  }
  if (!told.has(post.authorId)) {
    tell(colony, post.authorId, { ...where, type: 'comment_on_post', message: `${actor.displayName} commented on your post` })
    told.add(post.authorId)
  }
  return notifyOfMentions(colony.store, comment.body, { ...where, told })
}

interface Mentioning {
  actor: UserRow
  postId: string
  commentId?: string
  told?: Set<string>
}

/** `@username` in a text tells that person. @returns who was named */
export function notifyOfMentions(
  store: ColonyStore,
  text: string,
  { actor, postId, commentId, told = new Set() }: Mentioning,
): UserRow[] {
  const names = new Set([...text.matchAll(/(?<![\w@])@([a-z0-9][a-z0-9_-]*)/gi)].map(([, name = '']) => name.toLowerCase()))
  const named = [...names].flatMap((name) => store.userNamed(name) ?? []).filter(({ id }) => id !== actor.id)
  for (const { id } of named) {
    const where = commentId === undefined ? {} : { commentId }
    if (!told.has(id))
      notify(store, id, { actor, type: 'mention', message: `${actor.displayName} mentioned you`, postId, ...where })
  }
  return named
}
