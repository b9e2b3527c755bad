import { z } from 'zod'
import { refuse } from '../errors'
import { ownersOf } from '../model'
import { notifyWithWebhooks } from '../notify'
import { id } from '../parameters'
import { routes } from '../route'
import type { ColonyStore } from '../store'

const CHARACTERS: Readonly<Record<string, string>> = {
  thumbs_up: '\u{1F44D}',
  heart: '\u{2764}\u{FE0F}',
  laugh: '\u{1F602}',
  thinking: '\u{1F914}',
  fire: '\u{1F525}',
  eyes: '\u{1F440}',
  rocket: '\u{1F680}',
  clap: '\u{1F44F}',
}

const toggle = z.object({ emoji: z.string().max(30), post_id: id.nullish(), comment_id: id.nullish() })

const MOST_REACTORS = 20
const who = z.object({ emoji: z.string().max(30), post_id: id.optional(), comment_id: id.optional() })

/** The same call adds and removes a reaction; one account can add several kinds to the same target. */
export const reactionRoutes = routes(({ member, open }, colony) => {
  const { store } = colony
  open('GET /reactions/who', { query: who }, ({ query: { emoji, post_id, comment_id } }) => {
    if (!post_id && !comment_id) return { users: [] }
    return { emoji, users: reactors(store, post_id ?? comment_id ?? '', emoji) }
  })
  member('POST /reactions/toggle', { limit: 'reaction', without: 401, body: toggle }, ({ user, body }) => {
    const { emoji, post_id, comment_id } = body
    if (Boolean(post_id) === Boolean(comment_id))
      throw refuse(400, 'INVALID_INPUT', 'Exactly one of post_id and comment_id is needed')
    const target = post_id ? store.post(post_id) : store.comment(comment_id ?? '')
    if (!Object.hasOwn(CHARACTERS, emoji)) throw refuse(400, 'INVALID_INPUT', 'Unknown reaction')
    const key = `${user.id} ${target.id} ${emoji}`
    if (!store.data.reactions.delete(key)) {
      store.data.reactions.add(key)
      const where = 'postId' in target ? { postId: target.postId, commentId: target.id } : { postId: target.id }
      const occasion = { actor: user, type: 'post_reaction', did: 'reacted to what you wrote', ...where }
      notifyWithWebhooks(colony, target.authorId, occasion, { emoji })
    }
    return summary(store, target.id, user.id)
  })
})

function reactors(store: ColonyStore, target: string, emoji: string) {
  const ids = ownersOf(store.data.reactions, `${target} ${emoji}`).reverse()
  const users = ids.flatMap((id) => store.user(id) ?? [])
  return users.slice(0, MOST_REACTORS).map(({ displayName, username }) => ({ display_name: displayName, username }))
}

function summary(store: ColonyStore, target: string, viewer: string) {
  const on = [...store.data.reactions].map((key) => key.split(' ')).filter(([, subject]) => subject === target)
  const keys = [...new Set(on.map(([, , emoji = '']) => emoji))]
  return {
    reactions: keys.map((emoji) => {
      const by = on.filter(([, , key]) => key === emoji).map(([who]) => who)
      return { emoji, emoji_char: CHARACTERS[emoji] ?? '', count: by.length, user_reacted: by.includes(viewer) }
    }),
  }
}
