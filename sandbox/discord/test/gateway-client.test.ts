import { after, describe, test } from 'node:test'
import { REST } from '@discordjs/rest'
import { CompressionMethod, type SessionInfo, WebSocketManager, WebSocketShardEvents } from '@discordjs/ws'
import { expect } from 'chai'
import { GatewayDispatchEvents, GatewayOpcodes, GatewayIntentBits as Intent, PresenceUpdateStatus } from 'discord-api-types/v10'
import { bareDiscord } from './support/server'

describe('@discordjs/ws', () => {
  for (const [how, compression] of [
    ['plainly', null],
    ['with zlib', CompressionMethod.ZlibNative],
  ] as const) {
    test(`connects ${how}, notices a server that does not respond, and resumes`, async () => {
      const hasty = await bareDiscord({ Ada: {}, Ben: {} }, { heartbeatInterval: 600 })
      after(() => hasty.stop())
      const { token, id: bot, channel } = hasty.who('Ada')
      let session: SessionInfo | null = null
      const manager = new WebSocketManager({
        token,
        intents: Intent.Guilds | Intent.GuildMessages | Intent.MessageContent,
        rest: new REST({ api: hasty.address }).setToken(token),
        retrieveSessionInfo: () => session,
        updateSessionInfo: (_, info) => {
          session = info
        },
        compression,
      })
      const resumed = new Promise((resolve) => manager.once(WebSocketShardEvents.Resumed, resolve))
      const missed = new Promise((resolve) => {
        manager.on(WebSocketShardEvents.Dispatch, (payload) => {
          if (payload.t === GatewayDispatchEvents.MessageCreate) resolve(payload.d.content)
        })
      })
      await manager.connect()
      await manager.send(0, {
        op: GatewayOpcodes.PresenceUpdate,
        d: { since: null, activities: [], status: PresenceUpdateStatus.DoNotDisturb, afk: false },
      })
      await hasty.callControl('/gateway/heartbeats', { bot, acknowledged: false })
      await resumed
      await hasty.callControl('/say', { as: hasty.who('Ben').id, channel, content: 'still there?' })
      expect(await missed).to.equal('still there?')
      await manager.destroy()
    })
  }
})
