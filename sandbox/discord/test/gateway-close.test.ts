import { after, describe, test } from 'node:test'
import { expect } from 'chai'
import { BareGateway, connectTo, identityOf, sessionOf } from './support/gateway'
import { bareDiscord, ownDiscord } from './support/server'

const discord = ownDiscord({
  ...{ Ada: {}, Ben: {}, Cleo: { bot: true } },
  ...{ Plain: { bot: true, missingIntents: ['MESSAGE_CONTENT', 'GUILD_MEMBERS', 'GUILD_PRESENCES'] } },
})

const identity = (more: object = {}, name = 'Ada') => identityOf(discord.who(name).token, 1, more)

describe('close codes', () => {
  const refusals: readonly [string, number, (gateway: BareGateway) => void][] = [
    ['an unknown opcode', 4001, (gateway) => gateway.send(99, null)],
    ['what is no JSON', 4002, (gateway) => gateway.raw.send('{')],
    ['what is no frame', 4002, (gateway) => gateway.raw.send('[]')],
    ['an identity without a token', 4002, (gateway) => gateway.send(2, { intents: 1 })],
    ['a frame of more than 4096 bytes', 4002, (gateway) => gateway.send(1, 'x'.repeat(4_096))],
    [
      'a presence before identifying',
      4003,
      (gateway) => gateway.send(3, { since: null, activities: [], status: 'online', afk: false }),
    ],
    ['a request for members before identifying', 4003, (gateway) => gateway.send(8, { guild_id: '1', query: '', limit: 0 })],
    ['a wrong token', 4004, (gateway) => gateway.send(2, { ...identity(), token: 'nonsense' })],
    ['resuming with a wrong token', 4004, (gateway) => gateway.send(6, { token: 'nonsense', session_id: 'x', seq: 0 })],
    ['a shard beyond the last', 4010, (gateway) => gateway.send(2, identity({ shard: [2, 2] }))],
    ['an intent there is not', 4013, (gateway) => gateway.send(2, identity({ intents: 1 << 30 }))],
    ['an intent that was taken away', 4013, (gateway) => gateway.send(2, identity({ intents: 1 << 17 }))],
  ]
  for (const [what, code, act] of refusals) {
    test(`${what}: ${code}`, async () => {
      const gateway = await connectTo(discord)
      act(gateway)
      expect(await gateway.closed).to.equal(code)
    })
  }

  // DIS-005
  test('each privileged intent that is switched off: 4014', async () => {
    for (const intent of [1 << 1, 1 << 8, 1 << 15]) {
      const gateway = await connectTo(discord)
      gateway.send(2, identity({ intents: 1 | intent }, 'Plain'))
      expect(await gateway.closed, String(intent)).to.equal(4014)
    }
  })

  test('identifying twice: 4005', async () => {
    const gateway = await sessionOf(discord, 'Ada', 0)
    gateway.send(2, identity())
    expect(await gateway.closed).to.equal(4005)
  })

  test('another version of the API: 4012', async () => {
    const { body } = await discord.call('GET', '/gateway', { as: null })
    expect(await new BareGateway(`${body.url}?v=5&encoding=json`).closed).to.equal(4012)
  })

  test('more than 120 frames in a minute: 4008', async () => {
    const gateway = await connectTo(discord)
    for (let count = 0; count < 121; count++) gateway.send(1, null)
    expect(await gateway.closed).to.equal(4008)
  })

  test('no heartbeat: 4009, and the session is over', async () => {
    const hasty = await bareDiscord({ Ada: {} }, { heartbeatInterval: 400 })
    after(() => hasty.stop())
    const gateway = await sessionOf(hasty, 'Ada', 0)
    expect(await gateway.closed).to.equal(4009)
    expect((await hasty.look(`/gateway/sessions?bot=${hasty.who('Ada').id}`)).sessions).to.deep.equal([])
  })

  test('a token revoked while connected: 4004', async () => {
    const gateway = await sessionOf(discord, 'Cleo', 0)
    await discord.callControl('/tokens/revoke', { token: discord.who('Cleo').token })
    expect(await gateway.closed).to.equal(4004)
  })

  test('a path that is not the gateway is not upgraded', async () => {
    const { body } = await discord.call('GET', '/gateway', { as: null })
    const gateway = new BareGateway(`${body.url}/nowhere`)
    gateway.raw.on('error', () => undefined)
    expect(await gateway.closed).to.equal(1006)
  })
})
