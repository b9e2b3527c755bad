import { after, describe, test } from 'node:test'
import { expect } from 'chai'
import { type BareGateway, connectTo, identityOf, sessionOf } from './support/gateway'
import { bareDiscord, ownDiscord } from './support/server'

const INTENTS = 1 | 512 | 32_768
const discord = ownDiscord()

const say = (content: string) =>
  discord.callControl('/say', { as: discord.who('Ben').id, channel: discord.who('Ben').channel, content })
const latest = (gateway: BareGateway): number => Math.max(...gateway.frames.map(({ s }) => s ?? 0))

async function resume(session: string, seq: number, token = discord.who('Ada').token): Promise<BareGateway> {
  const gateway = await connectTo(discord)
  gateway.send(6, { token, session_id: session, seq })
  return gateway
}

describe('resuming', () => {
  test('replays every missed event, in order, and then RESUMED', async () => {
    const gateway = await sessionOf(discord, 'Ada', INTENTS)
    const { session_id: session } = await gateway.event('READY')
    await say('one')
    await gateway.event('MESSAGE_CREATE', ({ content }) => content === 'one')
    const seq = latest(gateway)
    gateway.close(4_200)
    await gateway.closed
    await say('two')
    await say('three')
    const back = await resume(session, seq)
    await back.event('RESUMED')
    expect(back.events('MESSAGE_CREATE').map(({ content }) => content)).to.deep.equal(['two', 'three'])
    const numbers = back.frames.flatMap(({ s }) => s ?? [])
    expect(numbers).to.deep.equal([seq + 1, seq + 2, seq + 3])
    await say('four')
    expect((await back.event('MESSAGE_CREATE', ({ content }) => content === 'four')).content).to.equal('four')
    back.close()
  })

  test('accepts a token as libraries of other languages send it, and a presence without a status', async () => {
    const token = `Bot ${discord.who('Ada').token}`
    const gateway = await connectTo(discord)
    const presence = { since: 0, game: { name: '', type: 0 }, status: '', afk: false }
    gateway.send(2, identityOf(token, INTENTS, { presence }))
    const { session_id: session } = await gateway.event('READY')
    gateway.close(4_200)
    await gateway.closed
    const back = await resume(session, 1, token)
    await back.event('RESUMED')
    back.close()
  })

  test('takes over a session from a connection that is still open', async () => {
    const gateway = await sessionOf(discord, 'Ada', INTENTS)
    const back = await resume((await gateway.event('READY')).session_id, latest(gateway))
    await back.event('RESUMED')
    expect(await gateway.closed).to.equal(4_000)
    await say('five')
    await back.event('MESSAGE_CREATE', ({ content }) => content === 'five')
    back.close()
  })

  test('after a request to reconnect (op 7), a client can resume and receives missed events', async () => {
    const gateway = await sessionOf(discord, 'Ada', INTENTS)
    await discord.callControl('/gateway/reconnect', { bot: discord.who('Ada').id })
    expect((await gateway.next(({ op }) => op === 7)).d).to.equal(null)
    gateway.close(4_200)
    await gateway.closed
    await say('six')
    const back = await resume((await gateway.event('READY')).session_id, latest(gateway))
    await back.event('MESSAGE_CREATE', ({ content }) => content === 'six')
    back.close()
  })

  test('an unknown session, or another bot’s, is invalid (op 9)', async () => {
    const gateway = await sessionOf(discord, 'Ada', INTENTS)
    const { session_id: session } = await gateway.event('READY')
    const { token } = await discord.make('Thief', { bot: true })
    for (const [id, by] of [
      ['nonsense', discord.who('Ada').token],
      [session, token],
    ] as const) {
      const stranger = await resume(id, 1, by)
      expect((await stranger.next(({ op }) => op === 9)).d).to.equal(false)
      stranger.close()
    }
    gateway.close()
  })

  test('a number from the future closes with 4007, and the session is over', async () => {
    const gateway = await sessionOf(discord, 'Ada', INTENTS)
    const { session_id: session } = await gateway.event('READY')
    gateway.close(4_200)
    await gateway.closed
    expect(await (await resume(session, 999)).closed).to.equal(4_007)
    const late = await resume(session, 1)
    expect((await late.next(({ op }) => op === 9)).d).to.equal(false)
    late.close()
  })

  for (const code of [1_000, 1_001]) {
    test(`a session the client closed with ${code} is over`, async () => {
      const gateway = await sessionOf(discord, 'Ada', INTENTS)
      const { session_id: session } = await gateway.event('READY')
      gateway.close(code)
      await gateway.closed
      const back = await resume(session, 1)
      expect((await back.next(({ op }) => op === 9)).d).to.equal(false)
      back.close()
    })
  }

  test('a session that is not resumed expires after a while', async () => {
    const impatient = await bareDiscord({ Ada: {}, Eye: { bot: true } }, { resumable: 30 })
    after(() => impatient.stop())
    const eye = await sessionOf(impatient, 'Eye', 1 | 256)
    const gateway = await sessionOf(impatient, 'Ada', 1)
    const isAda = ({ user }: { user: { id: string } }) => user.id === impatient.who('Ada').id
    await eye.event('PRESENCE_UPDATE', (data) => isAda(data) && data.status === 'online')
    gateway.close(4_200)
    await eye.event('PRESENCE_UPDATE', (data) => isAda(data) && data.status === 'offline')
    expect((await impatient.look(`/gateway/sessions?bot=${impatient.who('Ada').id}`)).sessions).to.deep.equal([])
    eye.close()
  })

  test('an invalidated session (op 9) is removed, unless it is resumable', async () => {
    const { id } = discord.who('Ada')
    for (const resumable of [true, false]) {
      const gateway = await sessionOf(discord, 'Ada', INTENTS)
      await discord.callControl('/gateway/invalidate', { bot: id, resumable })
      expect((await gateway.next(({ op }) => op === 9)).d).to.equal(resumable)
      const { sessions } = await discord.look(`/gateway/sessions?bot=${id}`)
      expect(sessions.length > 0).to.equal(resumable)
      gateway.close()
      await gateway.closed
    }
  })

  test('a server can request a heartbeat, and one that hangs acknowledges none', async () => {
    const gateway = await sessionOf(discord, 'Ada', INTENTS)
    const { id } = discord.who('Ada')
    await discord.callControl('/gateway/demand-heartbeat', { bot: id })
    await gateway.next(({ op }) => op === 1)
    await discord.callControl('/gateway/heartbeats', { bot: id, acknowledged: false })
    gateway.send(1, latest(gateway))
    await discord.callControl('/gateway/heartbeats', { bot: id, acknowledged: true })
    gateway.send(1, latest(gateway))
    await gateway.next(({ op }) => op === 11)
    gateway.close()
  })
})
