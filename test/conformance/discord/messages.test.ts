import { after, before, describe, test } from 'node:test'
import { expect } from 'chai'
import { bareDiscord, type DiscordWire } from '../../support/discord'

const MESSAGE =
  'id channel_id author content timestamp edited_timestamp tts mention_everyone mentions mention_roles attachments embeds components pinned type flags'.split(
    ' ',
  )

let discord: DiscordWire
let here: string
before(async () => {
  discord = await bareDiscord({ Ada: {}, Ben: {}, Cleo: { bot: true } })
  here = `/channels/${discord.who('Ada').channel}/messages`
})
after(() => discord.stop())

const send = (body: unknown, as = 'Ada') => discord.call('POST', here, { as, body })
const sent = async (body: unknown) => (await send(body)).body
const long = (length: number): string => 'x'.repeat(length)

describe('a message', () => {
  test('has everything a message has', async () => {
    const { status, body } = await send({ content: 'One red glove', nonce: 'n-1' })
    expect(status).to.equal(200)
    expect(body).to.include.all.keys(MESSAGE)
    expect(body).to.deep.include({
      ...{ channel_id: discord.who('Ada').channel, content: 'One red glove', edited_timestamp: null, tts: false, pinned: false },
      ...{
        type: 0,
        flags: 0,
        mentions: [],
        mention_roles: [],
        attachments: [],
        embeds: [],
        components: [],
        mention_everyone: false,
      },
      nonce: 'n-1',
    })
    expect(body.author).to.include({ id: discord.who('Ada').id, bot: true })
    const { nonce: _, ...kept } = body
    expect((await discord.call('GET', `${here}/${body.id}`)).body).to.deep.include(kept)
  })

  test('is kept as it was written, but for blanks around it', async () => {
    const content = '**bold** _it_ `code`\n```py\nprint("<&>")\n```'
    expect((await sent({ content: `\n ${content} ` })).content).to.equal(content)
  })

  test('may be 2000 characters long, whatever they are', async () => {
    expect((await send({ content: long(2_000) })).status).to.equal(200)
    expect((await send({ content: '🧤'.repeat(2_000) })).status).to.equal(200)
  })

  test('with the same nonce is the same message, where asked for', async () => {
    const first = await sent({ content: 'once', nonce: 7, enforce_nonce: true })
    const again = await sent({ content: 'twice', nonce: 7, enforce_nonce: true })
    const other = await sent({ content: 'twice', nonce: 7 })
    expect([again.id, again.content]).to.deep.equal([first.id, 'once'])
    expect(other.id).not.to.equal(first.id)
  })

  test('may carry embeds, components and a poll', async () => {
    const embeds = [{ title: ' Gloves ', description: 'red', fields: [{ name: 'left', value: '1' }], footer: { text: 'f' } }]
    const components = [{ type: 1, components: [{ type: 2, style: 1, label: 'Mine', custom_id: 'mine' }] }]
    const poll = { question: { text: 'Whose?' }, answers: [{ poll_media: { text: 'mine' } }] }
    const body = await sent({ embeds, components, poll })
    expect(body.embeds[0]).to.deep.include({
      type: 'rich',
      title: 'Gloves',
      fields: [{ name: 'left', value: '1', inline: false }],
    })
    expect(body.components[0].components[0]).to.include({ label: 'Mine', id: 2 })
    expect(body.poll.answers).to.deep.equal([{ answer_id: 1, poll_media: { text: 'mine' } }])
  })

  test('keeps of its flags those a bot may set', async () => {
    expect((await sent({ content: 'quiet', flags: 4 | 4_096 | 2 })).flags).to.equal(4 | 4_096)
    const parts = { flags: 32_768, components: [{ type: 10, content: 'Text' }] }
    expect((await sent(parts)).flags).to.equal(32_768)
    expect((await send({ ...parts, content: 'x' })).body.errors.content._errors[0].code).to.match(/COMPONENTS_V2/)
  })
})

describe('refusals', () => {
  // DIS-023
  for (const [name, body, place, code] of [
    ['too long', { content: long(2_001) }, 'content', 'BASE_TYPE_MAX_LENGTH'],
    ['content of another type', { content: { a: 1 } }, 'content', 'BASE_TYPE_BAD_TYPE'],
    ['a nonce too long', { content: 'x', nonce: long(26) }, 'nonce', 'NONCE_TYPE_TOO_LONG'],
    ['eleven embeds', { embeds: Array(11).fill({ title: 'x' }) }, 'embeds', 'BASE_TYPE_MAX_LENGTH'],
    ['embeds that are no list', { embeds: 'x' }, 'embeds', 'LIST_TYPE_CONVERT'],
    ['an embed that is no dictionary', { embeds: ['x'] }, 'embeds.0', 'DICT_TYPE_CONVERT'],
    ['a title too long', { embeds: [{}, { title: long(257) }] }, 'embeds.1.title', 'BASE_TYPE_MAX_LENGTH'],
    ['a description too long', { embeds: [{ description: long(4_097) }] }, 'embeds.0.description', 'BASE_TYPE_MAX_LENGTH'],
    ['an embed with nothing in it', { embeds: [{}] }, 'embeds.0.description', 'BASE_TYPE_REQUIRED'],
    ['a footer too long', { embeds: [{ footer: { text: long(2_049) } }] }, 'embeds.0.footer.text', 'BASE_TYPE_BAD_LENGTH'],
    ['an author too long', { embeds: [{ author: { name: long(257) } }] }, 'embeds.0.author.name', 'BASE_TYPE_BAD_LENGTH'],
    ['26 fields', { embeds: [{ fields: Array(26).fill({ name: 'a', value: 'b' }) }] }, 'embeds.0.fields', 'BASE_TYPE_MAX_LENGTH'],
    ['a field without value', { embeds: [{ fields: [{ name: 'a' }] }] }, 'embeds.0.fields.0.value', 'BASE_TYPE_REQUIRED'],
    [
      'a field name too long',
      { embeds: [{ fields: [{ name: long(257), value: 'b' }] }] },
      'embeds.0.fields.0.name',
      'BASE_TYPE_BAD_LENGTH',
    ],
    [
      '6001 characters in all',
      { embeds: [{ description: long(4_000) }, { description: long(2_001) }] },
      'embeds',
      'MAX_EMBED_SIZE_EXCEEDED',
    ],
    [
      'both ways to allow mentions',
      { content: 'x', allowed_mentions: { parse: ['users'], users: ['1'] } },
      'allowed_mentions',
      'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE',
    ],
    [
      'mentions of an unknown kind',
      { content: 'x', allowed_mentions: { parse: ['cats'] } },
      'allowed_mentions.parse.0',
      'BASE_TYPE_CHOICES',
    ],
    ['four stickers', { sticker_ids: ['1', '2', '3', '4'] }, 'sticker_ids', 'BASE_TYPE_MAX_LENGTH'],
    [
      'an id that is none',
      { content: 'x', message_reference: { message_id: 'glove' } },
      'message_reference.message_id',
      'NUMBER_TYPE_COERCE',
    ],
    [
      '41 components',
      { components: [{ type: 1, components: Array(40).fill({ type: 2 }) }] },
      'components',
      'BASE_TYPE_MAX_LENGTH',
    ],
  ] as const) {
    test(name, async () => {
      const { status, body: answer } = await send(body)
      expect([status, answer.code, answer.message]).to.deep.equal([400, 50035, 'Invalid Form Body'])
      const leaf = place.split('.').reduce((inner, key) => inner?.[key], answer.errors)
      expect(leaf?._errors?.[0]?.code, JSON.stringify(answer)).to.equal(code)
    })
  }

  test('say what is wrong as Discord words it', async () => {
    const { body } = await send({ content: long(2_001) })
    expect(body).to.deep.equal({
      message: 'Invalid Form Body',
      code: 50035,
      errors: { content: { _errors: [{ code: 'BASE_TYPE_MAX_LENGTH', message: 'Must be 2000 or fewer in length.' }] } },
    })
  })

  test('nothing to say', async () => {
    for (const body of [{}, undefined, { content: '' }, { content: '  \n ' }, { content: null }, { embeds: [] }]) {
      expect(await discord.refusal('POST', here, { body }), JSON.stringify(body)).to.deep.equal([400, 50006])
    }
  })

  test('places that hold no messages', async () => {
    const { body: channels } = await discord.call('GET', `/guilds/${discord.who('Ada').guild}/channels`)
    const category = channels.find(({ type }: { type: number }) => type === 4).id
    expect(await discord.refusal('POST', `/channels/${category}/messages`, { body: { content: 'x' } })).to.deep.equal([
      400, 50008,
    ])
  })
})

describe('editing and deleting', () => {
  // DIS-028
  test('an edit shows, a removed message is gone', async () => {
    const { id } = await sent({ content: 'One glove', embeds: [{ title: 'T' }] })
    const { status, body } = await discord.call('PATCH', `${here}/${id}`, { body: { content: 'Two gloves' } })
    expect([status, body.id, body.content, body.embeds.length]).to.deep.equal([200, id, 'Two gloves', 1])
    expect(body.edited_timestamp).to.match(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00$/)
    expect((await discord.call('DELETE', `${here}/${id}`)).status).to.equal(204)
    for (const [method, path] of [
      ['GET', ''],
      ['DELETE', ''],
      ['PATCH', ''],
    ] as const) {
      expect(await discord.refusal(method, `${here}/${id}${path}`, { body: method === 'PATCH' ? {} : undefined })).to.deep.equal([
        404, 10008,
      ])
    }
  })

  test('nothing may be emptied, nor grow too long', async () => {
    const { id } = await sent({ content: 'One glove' })
    for (const body of [{ content: '' }, { content: null }])
      expect(await discord.refusal('PATCH', `${here}/${id}`, { body })).to.deep.equal([400, 50006])
    expect(await discord.refusal('PATCH', `${here}/${id}`, { body: { content: long(2_001) } })).to.deep.equal([400, 50035])
  })

  test('others’ messages are not edited, and deleted only by those who manage messages', async () => {
    const { id } = await discord.power('/say', {
      as: discord.who('Ben').id,
      channel: discord.who('Ben').channel,
      content: 'Mine?',
    })
    expect(await discord.refusal('PATCH', `${here}/${id}`, { body: { content: 'x' } })).to.deep.equal([403, 50005])
    expect((await discord.call('PATCH', `${here}/${id}`, { body: { flags: 4 } })).body.flags).to.equal(4)
    await discord.make('Meek', { bot: true, missingPermissions: ['MANAGE_MESSAGES'] })
    expect(await discord.refusal('DELETE', `${here}/${id}`, { as: 'Meek' })).to.deep.equal([403, 50013])
    expect((await discord.call('DELETE', `${here}/${id}`)).status).to.equal(204)
  })

  test('many at once: 2 to 100, of this channel, none older than two weeks', async () => {
    const ids = [(await sent({ content: 'a' })).id, (await sent({ content: 'b' })).id]
    const bulk = (messages: string[], as = 'Ada') => discord.call('POST', `${here}/bulk-delete`, { as, body: { messages } })
    for (const wrong of [[ids[0]], Array(101).fill(ids[0]), ['x', 'y']]) expect((await bulk(wrong)).body.code).to.equal(50035)
    const says = { as: discord.who('Ben').id, channel: discord.who('Ben').channel, content: 'old', minutesAgo: 15 * 24 * 60 }
    const old = await discord.power('/say', says)
    expect((await bulk([...ids, old.id])).body.code).to.equal(50034)
    expect((await bulk(ids, 'Meek')).body.code).to.equal(50013)
    expect((await bulk([...ids, '123456789012345678'])).status).to.equal(400)
    expect((await bulk(ids)).status).to.equal(204)
    expect(await discord.refusal('GET', `${here}/${ids[0]}`)).to.deep.equal([404, 10008])
  })
})

describe('replies and forwards', () => {
  test('a reply refers to its message, and pings its author unless told otherwise', async () => {
    const { id } = await discord.power('/say', {
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
    await discord.call('DELETE', `${here}/${id}`)
    expect((await discord.call('GET', `${here}/${reply.id}`)).body.referenced_message).to.equal(null)
  })

  // DIS-025
  test('a reply to nothing is refused, or a plain message where that is allowed', async () => {
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

  test('a forward holds the words, not their author', async () => {
    const { id, channel_id } = await sent({ content: 'Pass it on' })
    const forward = await sent({ message_reference: { type: 1, message_id: id, channel_id } })
    expect([forward.type, forward.content, forward.message_reference.type]).to.deep.equal([0, '', 1])
    expect(forward.message_snapshots[0].message).to.include({ content: 'Pass it on', type: 0 })
    expect(forward.message_snapshots[0].message).not.to.have.property('author')
  })
})

describe('pins', () => {
  test('are put by those who may, and listed latest first', async () => {
    await discord.make('Pinner', { bot: true, extraPermissions: ['PIN_MESSAGES'] })
    const [a, b] = [await sent({ content: 'a' }), await sent({ content: 'b' })]
    expect(await discord.refusal('PUT', `${here}/pins/${a.id}`)).to.deep.equal([403, 50013])
    for (const { id } of [a, b]) expect((await discord.call('PUT', `${here}/pins/${id}`, { as: 'Pinner' })).status).to.equal(204)
    const { body } = await discord.call('GET', `${here}/pins`)
    expect(body.items.map((item: { message: { id: string } }) => item.message.id)).to.deep.equal([b.id, a.id])
    expect((await discord.call('GET', `${here}/${a.id}`)).body.pinned).to.equal(true)
    await discord.call('DELETE', `${here}/pins/${a.id}`, { as: 'Pinner' })
    expect((await discord.call('GET', `/channels/${a.channel_id}/pins`)).body).to.have.length(1)
  })
})
