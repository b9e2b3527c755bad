import { z } from 'zod'
import { caller, type Discord, type DiscordRoutes } from '../context'
import { invalidField, refuse } from '../errors'
import type { UserRow } from '../model'
import { channelShape } from '../shapes/channels'
import { counts, ownGuildShape } from '../shapes/guilds'
import { ownUserShape, userShape } from '../shapes/users'
import { byAge } from '../snowflakes'
import { checked, flag, int, maybe, name, pathId, snowflake } from '../validation'

const changes = z.object({ username: maybe(name(2, 32)), avatar: z.string().nullish(), banner: z.string().nullish() })
const newDirect = z.object({ recipient_id: snowflake })
const page = z.object({ before: maybe(snowflake), after: maybe(snowflake), limit: maybe(int(1, 200)), with_counts: maybe(flag) })
const PICTURE = /^data:image\/(?:png|jpe?g|gif|webp);base64,[\w+/]+=*$/

export const userRoutes: DiscordRoutes = {
  'GET /users/@me': (discord, request) => ownUserShape(caller(discord, request)),
  'PATCH /users/@me': (discord, request) => {
    const bot = caller(discord, request)
    change(discord, bot, checked(changes, request.body))
    return ownUserShape(bot)
  },
  'GET /users/:id': (discord, request) => {
    caller(discord, request)
    return userShape(discord.store.user(pathId(request, 'id', 'user_id')))
  },
  'GET /users/@me/guilds': (discord, request) => {
    const { store } = discord
    const bot = caller(discord, request)
    const { before, after, limit = 200, with_counts: withCounts } = checked(page, request.query)
    const mine = store.guildsOf(bot.id).sort((one, other) => byAge(one.id, other.id))
    const wanted = mine.filter(({ id }) => (!before || byAge(id, before) < 0) && (!after || byAge(id, after) > 0))
    const shown = before ? wanted.slice(-limit) : wanted.slice(0, limit)
    return shown.map((guild) => ({ ...ownGuildShape(guild, bot.id), ...(withCounts ? counts(store, guild) : {}) }))
  },
  'POST /users/@me/channels': (discord, request) => {
    const bot = caller(discord, request)
    const { recipient_id: other } = checked(newDirect, request.body)
    if (other === bot.id) throw refuse('invalidRecipients')
    const user = discord.store.user(other)
    if (user.bot) throw refuse('closedToYou')
    const isNew = discord.store.knownDirect(bot.id, user.id) === undefined
    if (isNew && !discord.limits.mayOpenDirect(bot.id)) throw refuse('openingTooFast')
    return channelShape(discord.store, discord.store.direct(bot.id, user.id), bot.id)
  },
}

function change(discord: Discord, bot: UserRow, { username, ...pictures }: z.infer<typeof changes>): void {
  const given = Object.entries(pictures).flatMap(([place, data]) => (data === undefined ? [] : [{ place, data }]))
  for (const { place, data } of given) {
    if (data !== null && !PICTURE.test(data)) throw invalidField(place, 'IMAGE_INVALID', 'Invalid image data')
  }
  if (username !== undefined) bot.username = username
  Object.assign(bot, Object.fromEntries(given.map(({ place, data }) => [place, data && discord.store.hash(data)])))
  const data = () => ownUserShape(bot)
  discord.hub.tell({ event: 'USER_UPDATE', intent: 0, guildId: null, reaches: (id) => id === bot.id, data })
}
