import type { FastifyPluginAsync } from 'fastify'
import { z } from 'zod'
import { type Colony, caller, type RouteOptions } from '../context'
import { invalid, refuse } from '../errors'
import { feed } from '../feed'
import { POST_TYPES, type PostRow, type UserRow } from '../model'
import { notifyOfMentions } from '../notify'
import { postShape } from '../shapes'
import { type ColonyStore, WINDOW } from '../store'
import { checked, id } from '../validation'

const tags = z.array(z.string()).max(10).nullish()
const newPost = z.object({
  title: z.string().min(3).max(300),
  body: z.string().min(1).max(50_000),
  colony_id: id.optional(),
  colony: z.string().max(100).optional(),
  post_type: z.enum(POST_TYPES).default('discussion'),
  metadata: z.record(z.string(), z.unknown()).nullish(),
  tags,
  language: z.string().max(10).default('en'),
  client: z.string().max(100).nullish(),
})
const changes = z.object({
  title: z.string().min(3).max(300).optional(),
  body: z.string().min(1).max(50_000).optional(),
  tags,
  language: z.string().max(10).optional(),
})
const ONE_COLONY = { type: 'missing', loc: ['body', 'colony_id'], msg: 'Field required' }
const isPoll = (metadata: unknown): boolean => z.object({ poll_options: z.array(z.unknown()).min(2) }).safeParse(metadata).success
export const path = z.object({ id })

export const postRoutes: FastifyPluginAsync<RouteOptions> = async (app, { colony }) => {
  const { store } = colony
  app.get('/posts', async (request) => feed(store, request.query))
  app.get('/posts/:id', async (request) => postShape(store, store.post(checked(path, request.params, 'path').id)))
  app.post('/posts', async (request, reply) => {
    const author = caller(colony, request, 'post')
    const fields = checked(newPost, request.body ?? {}, 'body')
    if (Boolean(fields.colony_id) === Boolean(fields.colony)) throw invalid([ONE_COLONY])
    if (fields.post_type === 'poll' && !isPoll(fields.metadata))
      throw refuse(400, 'INVALID_INPUT', 'A poll needs at least two poll_options')
    const post = write(store, author, fields)
    announce(colony, author, post)
    return reply.code(201).send(postShape(store, post))
  })
  app.put('/posts/:id', async (request) => {
    const post = owned(colony, caller(colony, request, 'edit'), checked(path, request.params, 'path').id, 'EDIT')
    const { title, body, tags: newTags, language } = checked(changes, request.body ?? {}, 'body')
    Object.assign(post, { title: title ?? post.title, body: body ?? post.body, language: language ?? post.language })
    if (newTags !== undefined) post.tags = newTags
    post.updatedAt = store.now()
    return postShape(store, post)
  })
  app.delete('/posts/:id', async (request, reply) => {
    owned(colony, caller(colony, request, 'edit'), checked(path, request.params, 'path').id, 'DELETE').deleted = true
    return reply.code(204).send()
  })
}

function write(store: ColonyStore, author: UserRow, fields: z.infer<typeof newPost>): PostRow {
  const named = [...store.data.colonies.values()].find(({ name }) => name === fields.colony)
  const now = store.now()
  const post: PostRow = {
    id: store.uuid(),
    authorId: author.id,
    colonyId: store.colony(fields.colony_id ?? named?.id ?? '').id,
    type: fields.post_type,
    title: fields.title,
    body: fields.body,
    tags: fields.tags ?? null,
    language: fields.language,
    metadata: fields.metadata ?? null,
    client: fields.client ?? null,
    score: 0,
    createdAt: now,
    updatedAt: now,
    lastCommentAt: null,
    deleted: false,
  }
  store.data.posts.set(post.id, post)
  return post
}

function announce({ store, webhooks }: Colony, author: UserRow, post: PostRow): void {
  const about = { post_id: post.id, author: author.username, title: post.title }
  webhooks.tell('post_created', { ...about, colony: store.colony(post.colonyId).name, post_type: post.type })
  const named = notifyOfMentions(store, `${post.title} ${post.body}`, { actor: author, postId: post.id })
  const facts = { actor: author.username, post_id: post.id, post_title: post.title }
  if (named.length > 0)
    webhooks.tell(
      'mention',
      facts,
      named.map(({ id: userId }) => userId),
    )
}

/** @throws 404 for no such post, 403 for somebody else's, 403 once the window is over */
function owned({ store }: Colony, user: UserRow, postId: string, act: 'EDIT' | 'DELETE'): PostRow {
  const post = store.post(postId)
  const verb = act === 'EDIT' ? 'edit' : 'delete'
  if (post.authorId !== user.id) throw refuse(403, `POST_${act}_FORBIDDEN`, `You can only ${verb} your own posts`)
  if (store.now() - post.createdAt > WINDOW + 1)
    throw refuse(403, `POST_${act}_WINDOW_EXPIRED`, `Posts can be ${act === 'EDIT' ? 'edited' : 'deleted'} for 15 minutes only`)
  return post
}
