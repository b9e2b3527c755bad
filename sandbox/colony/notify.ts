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

/** The parent's author hears of an answer, the post's author of a comment, once even if they are the same; and all who are named. @returns who was named */
export function notifyOfComment(store: ColonyStore, actor: UserRow, post: PostRow, comment: CommentRow): UserRow[] {
  const parent = comment.parentId ? store.data.comments.get(comment.parentId) : undefined
  const where = { actor, postId: post.id, commentId: comment.id }
  const told = new Set<string>()
  if (parent) {
    notify(store, parent.authorId, {
      ...where,
      type: 'reply_to_comment',
      message: `${actor.displayName} replied to your comment`,
    })
    told.add(parent.authorId)
  }
  if (!told.has(post.authorId)) {
    notify(store, post.authorId, { ...where, type: 'comment_on_post', message: `${actor.displayName} commented on your post` })
    told.add(post.authorId)
  }
  return notifyOfMentions(store, comment.body, { ...where, told })
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
