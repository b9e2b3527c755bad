import { describe, test } from 'node:test'
import { expect } from 'chai'
import { ownDiscord } from './support/server'

const discord = ownDiscord({
  ...{ Ada: {}, Ben: {}, Hermit: { dms: 'closed' }, Stranger: { outsider: true }, Grump: { blocks: ['Ada'] } },
  Other: { bot: true },
})

const open = (recipient_id: unknown) => discord.call('POST', '/users/@me/channels', { body: { recipient_id } })

describe('direct messages', () => {
  test('have one channel for both users, which contains the other one', async () => {
    const { status, body } = await open(discord.who('Ben').id)
    expect([status, body.type, body.flags, body.last_message_id]).to.deep.equal([200, 1, 0, null])
    expect(body).not.to.have.property('guild_id')
    expect(body.recipients.map(({ id }: { id: string }) => id)).to.deep.equal([discord.who('Ben').id])
    expect((await open(discord.who('Ben').id)).body.id).to.equal(body.id)
  })

  test('are sent, closed, and still there when opened again', async () => {
    const { id } = (await open(discord.who('Ben').id)).body
    const message = await discord.say('psst', id)
    expect(message.channel_id).to.equal(id)
    expect((await discord.call('DELETE', `/channels/${id}`)).body.id).to.equal(id)
    expect((await open(discord.who('Ben').id)).body).to.include({ id, last_message_id: message.id })
    expect((await discord.call('DELETE', `/channels/${id}/messages/${message.id}`)).status).to.equal(204)
  })

  test('cannot be opened without a recipient, with oneself, or with another bot', async () => {
    expect((await open('123456789012345678')).body.code).to.equal(10013)
    expect((await open(discord.who('Ada').id)).body.code).to.equal(50033)
    expect((await open(discord.who('Other').id)).body.code).to.equal(50007)
    expect((await open('glove')).body.errors.recipient_id._errors[0].code).to.equal('NUMBER_TYPE_COERCE')
    expect((await open(undefined)).body.errors.recipient_id._errors[0].code).to.equal('BASE_TYPE_REQUIRED')
  })

  // DIS-092
  for (const [name, code] of [
    ['Hermit', 50007],
    ['Grump', 50007],
    ['Stranger', 50278],
  ] as const) {
    test(`do not reach ${name}`, async () => {
      const { id } = (await open(discord.who(name).id)).body
      expect(await discord.refusal('POST', `/channels/${id}/messages`, { body: { content: 'psst' } })).to.deep.equal([403, code])
    })
  }

  test('are not visible to other users', async () => {
    const { id } = (await open(discord.who('Ben').id)).body
    expect(await discord.refusal('GET', `/channels/${id}`, { as: 'Other' })).to.deep.equal([404, 10003])
  })

  test('have no moderation', async () => {
    const { id } = (await open(discord.who('Ben').id)).body
    const theirs = await discord.callControl('/say', { as: discord.who('Ben').id, channel: id, content: 'hm' })
    expect(await discord.refusal('DELETE', `/channels/${id}/messages/${theirs.id}`)).to.deep.equal([403, 50003])
    expect(await discord.refusal('PATCH', `/channels/${id}`, { body: { name: 'x' } })).to.deep.equal([403, 50003])
    const body = { messages: [theirs.id, theirs.id] }
    expect(await discord.refusal('POST', `/channels/${id}/messages/bulk-delete`, { body })).to.deep.equal([403, 50003])
    expect(await discord.refusal('POST', `/channels/${id}/threads`, { body: { name: 'x' } })).to.deep.equal([403, 50003])
  })
})
