import { person } from '../access'
import { type Call, type Methods, method } from '../context'
import { refused } from '../errors'
import { limitOf, pageOf } from '../pages'
import { type Sight, userShape } from '../shapes-user'

const MOST_PEOPLE = 1_000

export const userMethods: Methods = {
  'users.list': method({ tier: 'T2', scopes: ['users:read'] }, (call) => {
    const { store, caller, args } = call
    if (caller.team.requiresLimit && Number(args.text('limit') ?? 0) === 0) throw refused('limit_required')
    const people = store.members(caller.team.id).filter(({ invisible }) => !invisible)
    const limit = limitOf(args, { fallback: people.length, most: MOST_PEOPLE })
    const page = pageOf(people, args, { label: 'user', limit, key: ({ id }) => id })
    const members = page.items.map((user) => userShape(user, sight(call)))
    return { members, cache_ts: store.now(), response_metadata: { next_cursor: page.next } }
  }),
  'users.info': method({ tier: 'T4', scopes: ['users:read'] }, (call) => {
    const wanted = call.args.list('user')
    if (wanted.length > 1) throw refused('too_many_users')
    return { user: userShape(person(call, call.args.need('user')), sight(call)) }
  }),
  'users.lookupByEmail': method({ tier: 'T3', scopes: ['users:read.email'] }, (call) => {
    const email = call.args.need('email').toLowerCase()
    const user = call.store.members(call.caller.team.id).find((one) => one.email?.toLowerCase() === email && !one.deleted)
    if (!user || user.invisible) throw refused('users_not_found')
    return { user: userShape(user, { email: true }) }
  }),
  /** For other users only active or away; for the caller itself with details. An app that receives events is always away. */
  'users.getPresence': method({ tier: 'T3', scopes: ['users:read'] }, (call) => {
    const { caller, args, slack } = call
    const user = args.has('user') ? person(call, args.need('user')) : caller.user
    const current = user.manualAway ? 'away' : user.presence
    if (user.id !== caller.user.id) return { presence: current }
    const online = current === 'active'
    const connections = user.isBot ? slack.sockets.of(caller.app.id).connections.length : Number(online)
    return {
      presence: current,
      online,
      auto_away: false,
      manual_away: user.manualAway,
      connection_count: connections,
      ...(online ? { last_activity: call.store.now() } : {}),
    }
  }),
  'users.setPresence': method({ tier: 'T2', scopes: ['users:write'], writes: true }, ({ caller, args }) => {
    const wanted = args.text('presence')
    if (wanted !== 'auto' && wanted !== 'away') throw refused('invalid_presence')
    caller.user.manualAway = wanted === 'away'
    return {}
  }),
}

function sight({ caller, args }: Call): Sight {
  return { email: caller.token.scopes.includes('users:read.email'), locale: args.flag('include_locale') }
}
