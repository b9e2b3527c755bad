import { describe, test } from 'node:test'
import { expect } from 'chai'
import { ownDiscord } from './support/server'

const discord = ownDiscord({ Ada: {}, Ben: {}, Cleo: { bot: true } })

const send = (body: unknown, as = 'Ada') => discord.call('POST', discord.messages, { as, body })
const sent = async (body: unknown) => (await send(body)).body
const long = (length: number): string => 'x'.repeat(length)

describe('editing and deleting', () => {
  // DIS-028
  test('an edit is visible, a deleted message is gone', async () => {
    const { id } = await sent({ content: 'One glove', embeds: [{ title: 'T' }] })
    const { status, body } = await discord.call('PATCH', `${discord.messages}/${id}`, { body: { content: 'Two gloves' } })
    expect([status, body.id, body.content, body.embeds.length]).to.deep.equal([200, id, 'Two gloves', 1])
    expect(body.edited_timestamp).to.match(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00$/)
    expect((await discord.call('DELETE', `${discord.messages}/${id}`)).status).to.equal(204)
    for (const [method, path] of [
      ['GET', ''],
      ['DELETE', ''],
      ['PATCH', ''],
    ] as const) {
      expect(
        await discord.refusal(method, `${discord.messages}/${id}${path}`, { body: method === 'PATCH' ? {} : undefined }),
      ).to.deep.equal([404, 10008])
    }
  })

  test('a message can be neither emptied nor made too long', async () => {
    const { id } = await sent({ content: 'One glove' })
    for (const body of [{ content: '' }, { content: null }])
      expect(await discord.refusal('PATCH', `${discord.messages}/${id}`, { body })).to.deep.equal([400, 50006])
    expect(await discord.refusal('PATCH', `${discord.messages}/${id}`, { body: { content: long(2_001) } })).to.deep.equal([
      400, 50035,
    ])
  })

  test('others’ messages are not edited, and deleted only by those who manage messages', async () => {
    const { id } = await discord.callControl('/say', {
      as: discord.who('Ben').id,
      channel: discord.who('Ben').channel,
      content: 'Mine?',
    })
    expect(await discord.refusal('PATCH', `${discord.messages}/${id}`, { body: { content: 'x' } })).to.deep.equal([403, 50005])
    expect((await discord.call('PATCH', `${discord.messages}/${id}`, { body: { flags: 4 } })).body.flags).to.equal(4)
    await discord.make('Meek', { bot: true, missingPermissions: ['MANAGE_MESSAGES'] })
    expect(await discord.refusal('DELETE', `${discord.messages}/${id}`, { as: 'Meek' })).to.deep.equal([403, 50013])
    expect((await discord.call('DELETE', `${discord.messages}/${id}`)).status).to.equal(204)
  })

  test('the system message at the beginning of a thread cannot be removed', async () => {
    const { id } = await sent({ content: 'Whose?' })
    await discord.call('POST', `${discord.messages}/${id}/threads`, { body: { name: 'Gloves' } })
    const [pointer] = (await discord.call('GET', `/channels/${id}/messages`)).body
    expect(await discord.refusal('DELETE', `/channels/${id}/messages/${pointer.id}`)).to.deep.equal([403, 50021])
  })

  test('many at once: 2 to 100, of this channel, none older than two weeks', async () => {
    const ids = [(await sent({ content: 'a' })).id, (await sent({ content: 'b' })).id]
    const bulk = (messages: string[], as = 'Ada') =>
      discord.call('POST', `${discord.messages}/bulk-delete`, { as, body: { messages } })
    for (const wrong of [[ids[0]], Array(101).fill(ids[0]), ['x', 'y']]) expect((await bulk(wrong)).body.code).to.equal(50035)
    const says = { as: discord.who('Ben').id, channel: discord.who('Ben').channel, content: 'old', minutesAgo: 15 * 24 * 60 }
    const old = await discord.callControl('/say', says)
    const twice = (await bulk([ids[0], ids[1], ids[0]])).body.errors.messages[2]._errors[0]
    expect(twice.code).to.equal('SET_TYPE_ALREADY_CONTAINS_VALUE')
    for (const wrong of [[], [ids[0]]]) {
      const [{ code, message }] = (await bulk(wrong)).body.errors.messages._errors
      expect([code, message]).to.deep.equal(['BASE_TYPE_BAD_LENGTH', 'Must be between 2 and 100 in length.'])
    }
    expect((await bulk([...ids, old.id])).body.code).to.equal(50034)
    expect((await bulk(ids, 'Meek')).body.code).to.equal(50013)
    expect((await bulk([...ids, '123456789012345678'])).status).to.equal(400)
    expect((await bulk(ids)).status).to.equal(204)
    expect(await discord.refusal('GET', `${discord.messages}/${ids[0]}`)).to.deep.equal([404, 10008])
  })
})

describe('mentions and edits', () => {
  test('a new text changes the mentions; other changes do not', async () => {
    const ben = discord.who('Ben').id
    const { id } = await sent({ content: `<@${ben}>`, allowed_mentions: { parse: [] } })
    const change = async (body: object) => (await discord.call('PATCH', `${discord.messages}/${id}`, { body })).body.mentions
    expect(await change({ embeds: [{ title: 'T' }] })).to.deep.equal([])
    expect(await change({ content: `<@${ben}>!` })).to.have.length(1)
    expect(await change({ content: `<@${ben}>`, allowed_mentions: { parse: [] } })).to.deep.equal([])
  })

  test('a changed reply still pings the author of the original, unless excluded', async () => {
    const { id: original } = await discord.callControl('/say', {
      as: discord.who('Ben').id,
      channel: discord.who('Ben').channel,
      content: 'Mine?',
    })
    const { id } = await sent({ content: 'Yes', message_reference: { message_id: original } })
    const change = async (body: object) => (await discord.call('PATCH', `${discord.messages}/${id}`, { body })).body.mentions
    expect(await change({ content: 'No' })).to.have.length(1)
    expect(await change({ content: 'Yes', allowed_mentions: { replied_user: false } })).to.deep.equal([])
  })
})

describe('replies and forwards', () => {
  test('a reply refers to its message, and pings its author unless excluded', async () => {
    const { id } = await discord.callControl('/say', {
      as: discord.who('Ben').id,
      channel: discord.who('Ben').channel,
      content: 'Mine?',
    })
    const reply = await sent({ content: 'Yes', message_reference: { message_id: id } })
    const { channel, guild } = discord.who('Ada')
    expect(reply.type).to.equal(19)
    expect(reply.message_reference).to.deep.equal({ type: 0, channel_id: channel, guild_id: guild, message_id: id })
    expect([reply.referenced_message.id, reply.referenced_message.content]).to.deep.equal([id, 'Mine?'])
    expect(reply.mentions.map((user: { id: string }) => user.id)).to.deep.equal([discord.who('Ben').id])
    const quiet = await sent({ content: 'Yes', message_reference: { message_id: id }, allowed_mentions: { replied_user: false } })
    expect(quiet.mentions).to.deep.equal([])
    await discord.call('DELETE', `${discord.messages}/${id}`)
    expect((await discord.call('GET', `${discord.messages}/${reply.id}`)).body.referenced_message).to.equal(null)
  })

  // DIS-025
  test('a reply to a missing message is refused, or a plain message where that is allowed', async () => {
    const message_reference = { message_id: '123456789012345678' }
    const { status, body } = await send({ content: 'x', message_reference })
    expect([status, body.code]).to.deep.equal([400, 50035])
    expect(body.errors.message_reference._errors[0]).to.deep.equal({
      code: 'REPLIES_UNKNOWN_MESSAGE',
      message: 'Unknown message',
    })
    const plain = await sent({ content: 'x', message_reference: { ...message_reference, fail_if_not_exists: false } })
    expect([plain.type, 'message_reference' in plain]).to.deep.equal([0, false])
  })

  test('a forward contains the text, not its author', async () => {
    const { id, channel_id } = await sent({ content: 'Pass it on' })
    const forward = await sent({ message_reference: { type: 1, message_id: id, channel_id } })
    expect([forward.type, forward.content, forward.message_reference.type]).to.deep.equal([0, '', 1])
    expect(forward.message_snapshots[0].message).to.include({ content: 'Pass it on', type: 0 })
    expect(forward.message_snapshots[0].message).not.to.have.property('author')
  })
})

describe('pins', () => {
  test('require the permission, and are listed latest first', async () => {
    await discord.make('Pinner', { bot: true, extraPermissions: ['PIN_MESSAGES'] })
    const [a, b] = [await sent({ content: 'a' }), await sent({ content: 'b' })]
    expect(await discord.refusal('PUT', `${discord.messages}/pins/${a.id}`)).to.deep.equal([403, 50013])
    for (const { id } of [a, b])
      expect((await discord.call('PUT', `${discord.messages}/pins/${id}`, { as: 'Pinner' })).status).to.equal(204)
    const { body } = await discord.call('GET', `${discord.messages}/pins`)
    expect(body.items.map((item: { message: { id: string } }) => item.message.id)).to.deep.equal([b.id, a.id])
    expect((await discord.call('GET', `${discord.messages}/${a.id}`)).body.pinned).to.equal(true)
    await discord.call('DELETE', `${discord.messages}/pins/${a.id}`, { as: 'Pinner' })
    expect((await discord.call('GET', `/channels/${a.channel_id}/pins`)).body).to.have.length(1)
  })
})
