import { person } from '../access'
import type { Call, Methods } from '../context'
import { refused } from '../errors'
import { limitOf, pageOf } from '../pages'
import { type Sight, userShape } from '../shapes-user'

const MOST_PEOPLE = 1_000

export const userMethods: Methods = {
  'users.list': { tier: 'T2', scopes: ['users:read'], run: list },
  'users.info': { tier: 'T4', scopes: ['users:read'], run: info },
  'users.lookupByEmail': { tier: 'T3', scopes: ['users:read.email'], run: byEmail },
  'users.getPresence': { tier: 'T3', scopes: ['users:read'], run: presence },
  'users.setPresence': { tier: 'T2', scopes: ['users:write'], writes: true, run: setPresence },
}

function sight({ caller, args }: Call): Sight {
  return { email: caller.token.scopes.includes('users:read.email'), locale: args.flag('include_locale') }
}

function list(call: Call): object {
  const { store, caller, args } = call
  if (caller.team.requiresLimit && Number(args.text('limit') ?? 0) === 0) throw refused('limit_required')
  const people = store.members(caller.team.id).filter(({ invisible }) => !invisible)
  const limit = limitOf(args, { fallback: people.length, most: MOST_PEOPLE })
  const page = pageOf(people, args, { label: 'user', limit, key: ({ id }) => id })
  const members = page.items.map((user) => userShape(user, sight(call)))
  return { members, cache_ts: store.now(), response_metadata: { next_cursor: page.next } }
}

function info(call: Call): object {
  const wanted = call.args.list('user')
  if (wanted.length > 1) throw refused('too_many_users')
  return { user: userShape(person(call, call.args.need('user')), sight(call)) }
}

function byEmail(call: Call): object {
  const email = call.args.need('email').toLowerCase()
  const user = call.store.members(call.caller.team.id).find((one) => one.email?.toLowerCase() === email && !one.deleted)
  if (!user || user.invisible) throw refused('users_not_found')
  return { user: userShape(user, { email: true }) }
}

/** For other users only active or away; for the caller itself with details. An app that receives events is always away. */
function presence(call: Call): object {
  const { caller, args, slack } = call
  const user = args.has('user') ? person(call, args.need('user')) : caller.user
  const current = user.manualAway ? 'away' : user.presence
  if (user.id !== caller.user.id) return { presence: current }
  const online = current === 'active'
  const connections = user.isBot ? slack.sockets.count(caller.app.id) : Number(online)
  return {
    presence: current,
    online,
    auto_away: false,
    manual_away: user.manualAway,
    connection_count: connections,
    ...(online ? { last_activity: call.store.now() } : {}),
  }
}

function setPresence({ caller, args }: Call): object {
  const wanted = args.text('presence')
  if (wanted !== 'auto' && wanted !== 'away') throw refused('invalid_presence')
  caller.user.manualAway = wanted === 'away'
  return {}
}
