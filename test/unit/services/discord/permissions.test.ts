import { strictEqual } from 'node:assert'
import { test } from 'node:test'
import type { DiscordGuild, DiscordMember, Overwrite } from '../../../../support/services/discord/contract'
import { NEEDED, permissionsOf } from '../../../../support/services/discord/permissions'

const GUILD = '300000000000000001'
const ROLE = '300000000000000002'
const BOT = '100000000000000009'
const send = NEEDED['Send Messages']?.bit ?? 0n
const view = NEEDED['View Channels']?.bit ?? 0n

function holds(bit: bigint, options: { everyone?: bigint; role?: bigint; owner?: string; overwrites?: Overwrite[] }): boolean {
  const guild: DiscordGuild = {
    id: GUILD,
    name: 'A guild',
    owner_id: options.owner ?? '100000000000000001',
    roles: [
      { id: GUILD, name: '@everyone', mentionable: false, permissions: String(options.everyone ?? 0n) },
      { id: ROLE, name: 'Bots', mentionable: false, permissions: String(options.role ?? 0n) },
    ],
    emojis: [],
  }
  const user = { id: BOT, username: 'ada', discriminator: '0', global_name: null, avatar: null }
  const member: DiscordMember = { user, nick: null, roles: [ROLE], joined_at: '2026-01-01T00:00:00Z' }
  return (permissionsOf({ guild, member, overwrites: options.overwrites ?? [] }) & bit) !== 0n
}

const over = (id: string, type: 0 | 1, allow: bigint, deny: bigint): Overwrite => ({
  id,
  type,
  allow: String(allow),
  deny: String(deny),
})

test('the permissions of all roles add up', () => {
  strictEqual(holds(send, { everyone: view, role: send }), true)
  strictEqual(holds(view, { everyone: view, role: send }), true)
  strictEqual(holds(send, { everyone: view }), false)
})

test('the owner and administrators may do everything', () => {
  strictEqual(holds(send, { owner: BOT }), true)
  strictEqual(holds(send, { role: 8n, overwrites: [over(BOT, 1, 0n, send)] }), true)
})

test('overwrites of the channel follow in order: everyone, roles, member', () => {
  const everyone = over(GUILD, 0, 0n, send)
  strictEqual(holds(send, { everyone: send, overwrites: [everyone] }), false)
  strictEqual(holds(send, { everyone: send, overwrites: [over(ROLE, 0, send, 0n), everyone] }), true)
  strictEqual(holds(send, { everyone: send, overwrites: [over(BOT, 1, 0n, send), over(ROLE, 0, send, 0n)] }), false)
})
