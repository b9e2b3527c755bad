import type { FastifyPluginAsync } from 'fastify'
import { z } from 'zod'
import { caller, type RouteOptions } from '../context'
import { refuse } from '../errors'
import type { ColonyStore } from '../store'
import { checked, id } from '../validation'

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

/** Reactions are put and taken off by the same call; kinds of one person stand side by side. */
export const reactionRoutes: FastifyPluginAsync<RouteOptions> = async (app, { colony }) => {
  const { store } = colony
  app.post('/reactions/toggle', async (request) => {
    const user = caller(colony, request, 'reaction', 401)
    const { emoji, post_id, comment_id } = checked(toggle, request.body ?? {}, 'body')
    if (!(emoji in CHARACTERS)) throw refuse(400, 'INVALID_INPUT', 'Unknown reaction')
    if (Boolean(post_id) === Boolean(comment_id))
      throw refuse(400, 'INVALID_INPUT', 'Exactly one of post_id and comment_id is needed')
    const target = post_id ? store.post(post_id).id : store.comment(comment_id ?? '').id
    const key = `${user.id} ${target} ${emoji}`
    if (!store.data.reactions.delete(key)) store.data.reactions.add(key)
    return summary(store, target, user.id)
  })
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
