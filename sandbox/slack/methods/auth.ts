import { type Methods, method } from '../context'
import { refused } from '../errors'
import { botShape } from '../shapes'

export const authMethods: Methods = {
  'auth.test': method({ tier: 'special' }, ({ caller: { team, user, app, token } }) => {
    return {
      url: `https://${team.domain}.slack.com/`,
      team: team.name,
      user: user.name,
      team_id: team.id,
      user_id: user.id,
      ...(token.kind === 'bot' ? { bot_id: app.botId, app_id: app.id } : {}),
      is_enterprise_install: false,
    }
  }),
  'auth.revoke': method({ tier: 'T3', writes: true }, ({ caller, args }) => {
    const test = args.flag('test')
    if (!test) caller.token.state = 'revoked'
    return { revoked: !test }
  }),
  'team.info': method({ tier: 'T3', scopes: ['team:read'] }, ({ caller: { team }, args }) => {
    const wanted = args.text('team')
    if (wanted !== undefined && wanted !== team.id) throw refused('team_not_found')
    const icon = { image_default: true, image_34: 'https://a.slack-edge.com/default-34.png' }
    const { id, name, domain } = team
    return { team: { id, name, url: `https://${domain}.slack.com/`, domain, email_domain: '', icon, is_verified: false } }
  }),
  'bots.info': method({ tier: 'T3', scopes: ['users:read'] }, ({ store, caller, args }) => {
    const wanted = args.text('bot')
    const app = store.apps(caller.team.id).find(({ botId }) => botId === wanted)
    if (!app) throw refused('bot_not_found')
    return { bot: botShape(app) }
  }),
  'emoji.list': method({ tier: 'T2', scopes: ['emoji:read'] }, ({ store, caller }) => {
    const names = store.data.emoji.get(caller.team.id) ?? []
    const address = (name: string) => `https://emoji.slack-edge.com/${caller.team.id}/${name}/0.png`
    return { emoji: Object.fromEntries(names.map((name) => [name, address(name)])), cache_ts: store.ts() }
  }),
  'apps.connections.open': method({ tier: 'T3', scopes: ['connections:write'], tokens: ['app'] }, ({ slack, store, caller }) => {
    if (!slack.sockets.of(caller.app.id).isEnabled) throw refused('not_allowed_token_type')
    return { url: `${store.origin.replace(/^http/, 'ws')}/link/?${slack.sockets.ticket(caller.app.id)}` }
  }),
}
