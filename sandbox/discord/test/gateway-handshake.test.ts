import { after, describe, test } from 'node:test'
import { createInflate, createZstdDecompress } from 'node:zlib'
import { expect } from 'chai'
import { BareGateway, connectTo, identityOf, sessionOf } from './support/gateway'
import { bareDiscord, ownDiscord } from './support/server'

const discord = ownDiscord({
  ...{ Ada: {}, Ben: {}, Cleo: { bot: true } },
  ...{ Plain: { bot: true, missingIntents: ['MESSAGE_CONTENT', 'GUILD_MEMBERS', 'GUILD_PRESENCES'] } },
})

const identity = (more: object = {}, name = 'Ada') => identityOf(discord.who(name).token, 1, more)

test('READY contains the requested version', async () => {
  for (const version of [9, 10]) {
    const gateway = await connectTo(discord, `?v=${version}&encoding=json`)
    gateway.send(2, identity())
    expect((await gateway.event('READY')).v).to.equal(version)
    gateway.close()
  }
})

describe('the first frames', () => {
  test('are HELLO, at once, with the interval of heartbeats', async () => {
    const gateway = await connectTo(discord)
    const [hello] = gateway.frames
    expect(hello).to.deep.include({ op: 10, s: null, t: null })
    expect(hello?.d.heartbeat_interval).to.equal(45_000)
    gateway.close()
  })

  for (const query of ['', '?v=10&encoding=json', '/?v=10&encoding=json', '?encoding=json&v=10']) {
    test(`can be requested at "${query}"`, async () => {
      ;(await connectTo(discord, query)).close()
    })
  }

  test('each heartbeat is acknowledged, identified or not', async () => {
    const gateway = await connectTo(discord)
    gateway.send(1, null)
    expect(await gateway.next(({ op }) => op === 11)).to.deep.include({ op: 11, s: null, t: null })
    gateway.close()
  })

  test('can be compressed as a stream with zlib or zstd', async () => {
    for (const [kind, stream] of [
      ['zlib-stream', createInflate()],
      ['zstd-stream', createZstdDecompress()],
    ] as const) {
      const { body } = await discord.call('GET', '/gateway', { as: null })
      const gateway = new BareGateway(`${body.url}?v=10&encoding=json&compress=${kind}`)
      gateway.raw.on('message', (data: Buffer, isBinary: boolean) => isBinary && stream.write(data))
      let text = ''
      stream.on('data', (chunk: Buffer) => {
        text += String(chunk)
        for (let end = frameEnd(text); end > 0; end = frameEnd(text)) {
          gateway.take(text.slice(0, end))
          text = text.slice(end)
        }
      })
      await gateway.next(({ op }) => op === 10)
      gateway.send(2, identity())
      expect((await gateway.event('READY')).v, kind).to.equal(10)
      expect((await gateway.event('GUILD_CREATE')).id).to.equal(discord.who('Ada').guild)
      gateway.close()
    }
  })
})

/** End of the first complete JSON object in a text; 0 while it is incomplete. */
function frameEnd(text: string): number {
  for (let end = text.indexOf('}'); end >= 0; end = text.indexOf('}', end + 1)) {
    try {
      JSON.parse(text.slice(0, end + 1))
      return end + 1
    } catch {
      // Not its end but an inner brace.
    }
  }
  return 0
}

describe('identifying', () => {
  test('READY contains the own user and the address for resuming', async () => {
    const gateway = await sessionOf(discord, 'Ada', 1)
    const ready = await gateway.event('READY')
    expect(ready.v).to.equal(10)
    expect(ready.user).to.include({ id: discord.who('Ada').id, bot: true, verified: true, email: null })
    expect(ready.guilds).to.deep.equal([{ id: discord.who('Ada').guild, unavailable: true }])
    expect(ready.resume_gateway_url).to.match(/^ws:\/\/127\.0\.0\.1:\d+$/)
    expect(ready.session_id).to.match(/^[0-9a-f]{32}$/)
    expect(ready.application).to.deep.equal({ id: discord.who('Ada').id, flags: 565_248 })
    expect([ready.shard, ready.private_channels, ready.session_type]).to.deep.equal([[0, 1], [], 'normal'])
    expect(gateway.frames.filter(({ op }) => op === 0).map(({ s }) => s)).to.deep.equal([1, 2])
    gateway.close()
  })

  test('GUILD_CREATE contains the whole guild, but without the presences intent only the bot as a member', async () => {
    const gateway = await sessionOf(discord, 'Ada', 1)
    const guild = await gateway.event('GUILD_CREATE')
    expect(guild).to.include({ id: discord.who('Ada').guild, unavailable: false, large: false, member_count: 5 })
    expect(guild.members.map(({ user }: { user: { id: string } }) => user.id)).to.deep.equal([discord.who('Ada').id])
    expect(guild.channels.map(({ id }: { id: string }) => id)).to.include(discord.who('Ada').channel)
    for (const list of [
      'voice_states',
      'threads',
      'presences',
      'stage_instances',
      'guild_scheduled_events',
      'soundboard_sounds',
    ]) {
      expect(guild[list], list).to.deep.equal([])
    }
    gateway.close()
    const seeing = await sessionOf(discord, 'Ada', 1 | 256)
    const whole = await seeing.event('GUILD_CREATE')
    expect(whole.members).to.have.length(5)
    expect(whole.presences.map(({ user }: { user: { id: string } }) => user.id)).to.include(discord.who('Ben').id)
    seeing.close()
  })

  test('without the guilds intent, no guild events are received', async () => {
    const gateway = await sessionOf(discord, 'Ada', 512)
    gateway.send(1, 1)
    await gateway.next(({ op }) => op === 11)
    expect(gateway.events('GUILD_CREATE')).to.deep.equal([])
    gateway.close()
  })

  test('guilds are distributed over shards, direct messages belong to the first', async () => {
    const guild = BigInt(discord.who('Ada').guild)
    const [home, other] = [Number((guild >> 22n) % 2n), Number(((guild >> 22n) + 1n) % 2n)]
    const [holder, idle] = await Promise.all(
      [home, other].map((shard) => sessionOf(discord, 'Ada', 4_096, { shard: [shard, 2] })),
    )
    expect((await holder?.event('READY'))?.guilds).to.have.length(1)
    expect((await idle?.event('READY'))?.guilds).to.have.length(0)
    await discord.callControl('/say', { as: discord.who('Ben').id, to: discord.who('Ada').id, content: 'psst' })
    await (home === 0 ? holder : idle)?.event('MESSAGE_CREATE')
    expect((home === 0 ? idle : holder)?.events('MESSAGE_CREATE')).to.deep.equal([])
    holder?.close()
    idle?.close()
  })

  test('counts towards the daily limit', async () => {
    const remaining = async () => (await discord.call('GET', '/gateway/bot', { as: 'Cleo' })).body.session_start_limit.remaining
    const before = await remaining()
    ;(await sessionOf(discord, 'Cleo', 0)).close()
    expect(await remaining()).to.equal(before - 1)
  })

  test('too fast is an invalid session, with limits on', async () => {
    const strict = await bareDiscord({ Ada: {} }, { limits: true })
    after(() => strict.stop())
    ;(await sessionOf(strict, 'Ada', 0)).close()
    const second = await connectTo(strict)
    second.send(2, identityOf(strict.who('Ada').token, 0))
    expect((await second.next(({ op }) => op === 9)).d).to.equal(false)
    second.close()
  })
})
