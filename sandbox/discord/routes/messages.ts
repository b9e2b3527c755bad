import type { FastifyPluginAsync } from 'fastify'
import { z } from 'zod'
import { demand, type InChannel, messageOf, textChannelOf } from '../access'
import { post, remove, THREAD_STARTER } from '../acts/messages'
import { type Discord, type RouteOptions, viewerOf } from '../context'
import { invalidField, refuse } from '../errors'
import { compose } from '../forms/compose'
import { newMessage } from '../forms/message'
import { formOf } from '../forms/upload'
import { mayWriteTo } from '../mentions'
import type { MessageRow } from '../model'
import { has } from '../permissions'
import { messageShape } from '../shapes/messages'
import { byAge, madeAt } from '../snowflakes'
import { checked, int, list, maybe, snowflake } from '../validation'

const page = z.object({ around: maybe(snowflake), before: maybe(snowflake), after: maybe(snowflake), limit: maybe(int(1, 100)) })
const bulk = z.object({ messages: list(snowflake, 100, 2) })
const TWO_WEEKS = 14 * 86_400_000
/** With `enforce_nonce`, the same nonce within this time is the same message. */
const NONCE_LIFE = 5 * 60_000

export const messageRoutes: FastifyPluginAsync<RouteOptions> = async (app, { discord }) => {
  const { store } = discord
  app.get('/channels/:id/messages', async (request) => {
    const place = textChannelOf(discord, request)
    const wanted = checked(page, request.query)
    if (!has(place.may, 'READ_MESSAGE_HISTORY')) return []
    return pageOf(store.messagesIn(place.channel.id), wanted).map((one) =>
      messageShape(discord, one, viewerOf(discord, place.bot)),
    )
  })
  app.get('/channels/:id/messages/:message', async (request) => {
    const { channel, bot, may } = textChannelOf(discord, request)
    demand(may, 'READ_MESSAGE_HISTORY')
    return messageShape(discord, messageOf(discord, request, channel), viewerOf(discord, bot))
  })
  app.post('/channels/:id/messages', async (request) => {
    const place = textChannelOf(discord, request)
    mayPost(discord, place)
    const { body, uploads } = formOf(request)
    const fields = checked(newMessage, body)
    const draft = compose(discord, { author: place.bot, channel: place.channel, may: place.may, fields, uploads })
    const earlier = fields.enforce_nonce ? sameNonce(discord, place, fields.nonce) : undefined
    return messageShape(discord, earlier ?? post(discord, place.bot, place.channel, draft), viewerOf(discord, place.bot))
  })
}

export const removalRoutes: FastifyPluginAsync<RouteOptions> = async (app, { discord }) => {
  const { store } = discord
  app.delete('/channels/:id/messages/:message', async (request, reply) => {
    const { channel, bot, may } = textChannelOf(discord, request)
    const message = messageOf(discord, request, channel)
    if (message.authorId !== bot.id && channel.guildId === null) throw refuse('notInDirect')
    if (message.authorId !== bot.id) demand(may, 'MANAGE_MESSAGES')
    if (message.type === THREAD_STARTER) throw refuse('systemMessage')
    remove(discord, channel, [message])
    return reply.code(204).send()
  })
  app.post('/channels/:id/messages/bulk-delete', async (request, reply) => {
    const { channel, may } = textChannelOf(discord, request)
    if (channel.guildId === null) throw refuse('notInDirect')
    demand(may, 'MANAGE_MESSAGES')
    const { messages: ids } = checked(bulk, request.body)
    judgeOnce(ids)
    if (ids.some((id) => madeAt(id) < store.ids.now() - TWO_WEEKS)) throw refuse('tooOld')
    const found = ids.flatMap((id) => store.data.messages.get(id) ?? []).filter(({ channelId }) => channelId === channel.id)
    if (found.length > 0) remove(discord, channel, found, true)
    return reply.code(204).send()
  })
}

/** @throws 400/50035 for a message named twice */
function judgeOnce(ids: readonly string[]): void {
  const at = ids.findIndex((id, place) => ids.indexOf(id) < place)
  if (at >= 0) throw invalidField(`messages.${at}`, 'SET_TYPE_ALREADY_CONTAINS_VALUE', 'The set already contains this value')
}

/** @throws the refusal for a user without permission to write, or for a locked thread */
function mayPost({ store }: Discord, { bot, channel, may }: InChannel): void {
  mayWriteTo(store, bot, channel)
  demand(may, channel.thread ? 'SEND_MESSAGES_IN_THREADS' : 'SEND_MESSAGES')
  if (channel.thread?.locked && !has(may, 'MANAGE_THREADS')) throw refuse('locked')
}

function sameNonce({ store }: Discord, { bot, channel }: InChannel, nonce: string | number | undefined): MessageRow | undefined {
  if (nonce === undefined) return undefined
  const since = store.ids.now() - NONCE_LIFE
  return store
    .messagesIn(channel.id)
    .findLast((one) => one.authorId === bot.id && one.at > since && String(one.nonce) === String(nonce))
}

/** One page, newest first. @throws 400/50035 for more than one anchor */
function pageOf(messages: readonly MessageRow[], { around, before, after, limit = 50 }: z.infer<typeof page>): MessageRow[] {
  if ([around, before, after].filter((anchor) => anchor !== undefined).length > 1) {
    throw invalidField('before', 'BASE_TYPE_BAD_TYPE', 'Only one of around, before and after may be given.')
  }
  const older = (anchor: string) => messages.filter(({ id }) => byAge(id, anchor) < 0)
  const newer = (anchor: string) => messages.filter(({ id }) => byAge(id, anchor) > 0)
  if (after !== undefined) return newer(after).slice(0, limit).reverse()
  if (around === undefined) return (before === undefined ? [...messages] : older(before)).slice(-limit).reverse()
  const middle = messages.filter(({ id }) => id === around)
  const half = Math.floor(limit / 2)
  const earlier = half > 0 ? older(around).slice(-half) : []
  return [...earlier, ...middle, ...newer(around)].slice(0, limit).reverse()
}
