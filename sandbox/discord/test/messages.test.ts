import { describe, test } from 'node:test'
import { expect } from 'chai'
import { ownDiscord } from './support/server'

const MESSAGE =
  'id channel_id author content timestamp edited_timestamp tts mention_everyone mentions mention_roles attachments embeds components pinned type flags'.split(
    ' ',
  )

const discord = ownDiscord({ Ada: {}, Ben: {}, Cleo: { bot: true } })

const send = (body: unknown, as = 'Ada') => discord.call('POST', discord.messages, { as, body })
const sent = async (body: unknown) => (await send(body)).body
const long = (length: number): string => 'x'.repeat(length)

describe('a message', () => {
  test('has all documented fields', async () => {
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
    expect((await discord.call('GET', `${discord.messages}/${body.id}`)).body).to.deep.include(kept)
  })

  test('is stored as it was sent, without blanks around it', async () => {
    const content = '**bold** _it_ `code`\n```py\nprint("<&>")\n```'
    expect((await sent({ content: `\n ${content} ` })).content).to.equal(content)
  })

  test('loses characters that cannot be displayed', async () => {
    expect((await sent({ content: 'a\u0000b\ud800c' })).content).to.equal('abc')
    expect((await send({ content: '\udc00\u0000' })).body.code).to.equal(50006)
  })

  test('contains the time of an embed in Discord’s format', async () => {
    const { embeds } = await sent({ embeds: [{ title: 'T', timestamp: '2026-01-02T03:04:05Z' }] })
    expect(embeds[0].timestamp).to.equal('2026-01-02T03:04:05.000000+00:00')
  })

  test('may be 2000 characters long, whatever they are', async () => {
    expect((await send({ content: long(2_000) })).status).to.equal(200)
    expect((await send({ content: '🧤'.repeat(2_000) })).status).to.equal(200)
  })

  test('with the same nonce is the same message, if requested', async () => {
    const first = await sent({ content: 'once', nonce: 7, enforce_nonce: true })
    const again = await sent({ content: 'twice', nonce: 7, enforce_nonce: true })
    const other = await sent({ content: 'twice', nonce: 7 })
    expect([again.id, again.content]).to.deep.equal([first.id, 'once'])
    expect(other.id).not.to.equal(first.id)
  })

  test('may have embeds, components and a poll', async () => {
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

  test('keeps only the flags that a bot may set', async () => {
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
    ['a footer too long', { embeds: [{ footer: { text: long(2_049) } }] }, 'embeds.0.footer.text', 'BASE_TYPE_MAX_LENGTH'],
    ['an author too long', { embeds: [{ author: { name: long(257) } }] }, 'embeds.0.author.name', 'BASE_TYPE_MAX_LENGTH'],
    ['a moment that is none', { embeds: [{ timestamp: 'noon' }] }, 'embeds.0.timestamp', 'DATE_TIME_TYPE_PARSE'],
    [
      'a reference of an unknown kind',
      { message_reference: { type: 2, message_id: '1' } },
      'message_reference.type',
      'BASE_TYPE_CHOICES',
    ],
    ['a poll without answers', { poll: { question: { text: '?' }, answers: [] } }, 'poll.answers', 'BASE_TYPE_BAD_LENGTH'],
    ['26 fields', { embeds: [{ fields: Array(26).fill({ name: 'a', value: 'b' }) }] }, 'embeds.0.fields', 'BASE_TYPE_MAX_LENGTH'],
    ['a field without value', { embeds: [{ fields: [{ name: 'a' }] }] }, 'embeds.0.fields.0.value', 'BASE_TYPE_REQUIRED'],
    [
      'a field name too long',
      { embeds: [{ fields: [{ name: long(257), value: 'b' }] }] },
      'embeds.0.fields.0.name',
      'BASE_TYPE_MAX_LENGTH',
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

  test('have Discord’s messages', async () => {
    const { body } = await send({ content: long(2_001) })
    expect(body).to.deep.equal({
      message: 'Invalid Form Body',
      code: 50035,
      errors: { content: { _errors: [{ code: 'BASE_TYPE_MAX_LENGTH', message: 'Must be 2000 or fewer in length.' }] } },
    })
  })

  test('no content', async () => {
    for (const body of [{}, undefined, { content: '' }, { content: '  \n ' }, { content: null }, { embeds: [] }]) {
      expect(await discord.refusal('POST', discord.messages, { body }), JSON.stringify(body)).to.deep.equal([400, 50006])
    }
  })

  test('channels without messages', async () => {
    const { body: channels } = await discord.call('GET', `/guilds/${discord.who('Ada').guild}/channels`)
    const category = channels.find(({ type }: { type: number }) => type === 4).id
    expect(await discord.refusal('POST', `/channels/${category}/messages`, { body: { content: 'x' } })).to.deep.equal([
      400, 50008,
    ])
  })
})
