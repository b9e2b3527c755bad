import { describe, test } from 'node:test'
import { expect } from 'chai'
import { ownDiscord } from './support/server'

const ids: string[] = []
const discord = ownDiscord({ Ada: {}, Ben: {}, Blind: { bot: true, missingPermissions: ['READ_MESSAGE_HISTORY'] } }, async () => {
  for (let number = 1; number <= 12; number++) ids.push((await discord.say(`glove ${number}`)).id)
})

const page = async (query: string): Promise<string[]> =>
  (await discord.call('GET', `${discord.messages}${query}`)).body.map(({ id }: { id: string }) => id)
const newestFirst = (from: number, to: number): string[] => ids.slice(from - 1, to).reverse()

describe('history', () => {
  test('is newest first', async () => {
    expect(await page('?limit=10')).to.deep.equal(newestFirst(3, 12))
    expect(await page('')).to.deep.equal(newestFirst(1, 12))
  })

  // DIS-072
  test('can be read before, after, and around a message', async () => {
    expect(await page(`?before=${ids[5]}&limit=3`)).to.deep.equal(newestFirst(3, 5))
    expect(await page(`?after=${ids[5]}&limit=3`)).to.deep.equal(newestFirst(7, 9))
    expect(await page(`?around=${ids[5]}&limit=5`)).to.deep.equal(newestFirst(4, 8))
    expect(await page(`?around=${ids[5]}&limit=1`)).to.deep.equal(newestFirst(6, 6))
    expect(await page(`?after=${ids[11]}`)).to.deep.equal([])
    expect(await page(`?before=${ids[0]}`)).to.deep.equal([])
  })

  test('refuses limits out of range and more than one anchor', async () => {
    for (const [query, code] of [
      ['?limit=0', 'NUMBER_TYPE_MIN'],
      ['?limit=101', 'NUMBER_TYPE_MAX'],
      ['?limit=-1', 'NUMBER_TYPE_MIN'],
      ['?limit=ten', 'NUMBER_TYPE_COERCE'],
    ] as const) {
      const { status, body } = await discord.call('GET', `${discord.messages}${query}`)
      expect([status, body.code, body.errors.limit._errors[0].code], query).to.deep.equal([400, 50035, code])
    }
    expect(await discord.refusal('GET', `${discord.messages}?before=${ids[0]}&after=${ids[1]}`)).to.deep.equal([400, 50035])
    expect(await discord.refusal('GET', `${discord.messages}?before=glove`)).to.deep.equal([400, 50035])
  })

  // DIS-073
  test('is empty without the permission to read it; a single message is refused', async () => {
    expect(await discord.call('GET', discord.messages, { as: 'Blind' })).to.deep.include({ status: 200, body: [] })
    expect(await discord.refusal('GET', `${discord.messages}/${ids[0]}`, { as: 'Blind' })).to.deep.equal([403, 50013])
  })

  test('of a direct conversation is like any other', async () => {
    const { body } = await discord.call('POST', '/users/@me/channels', { body: { recipient_id: discord.who('Ben').id } })
    const said = await discord.callControl('/say', { as: discord.who('Ben').id, to: discord.who('Ada').id, content: 'psst' })
    expect(said.channel_id).to.equal(body.id)
    const history = await discord.call('GET', `/channels/${body.id}/messages`)
    expect(history.body.map(({ content }: { content: string }) => content)).to.deep.equal(['psst'])
  })
})

describe('messages of others', () => {
  test('have no content for an application without the privileged intent, except mentions and direct messages', async () => {
    await discord.make('Deaf', { bot: true, missingIntents: ['MESSAGE_CONTENT'] })
    const { id: deaf } = discord.who('Deaf')
    const say = async (content: string, place: object = { channel: discord.who('Ben').channel }) =>
      discord.callControl('/say', { as: discord.who('Ben').id, content, ...place })
    const seen = async ({ id, channel_id }: { id: string; channel_id: string }) =>
      (await discord.call('GET', `/channels/${channel_id}/messages/${id}`, { as: 'Deaf' })).body.content
    expect(await seen(await say('plain'))).to.equal('')
    expect(await seen(await say(`hello <@${deaf}>`))).to.equal(`hello <@${deaf}>`)
    expect(await seen(await say('psst', { to: deaf }))).to.equal('psst')
    const { body: own } = await discord.call('POST', discord.messages, {
      as: 'Deaf',
      body: { content: 'mine', embeds: [{ title: 'T' }] },
    })
    expect([await seen(own), own.embeds.length]).to.deep.equal(['mine', 1])
    const listed = await discord.call('GET', `${discord.messages}?limit=1&before=${own.id}`, { as: 'Deaf' })
    expect(listed.body[0]).to.deep.include({ embeds: [], attachments: [], components: [] })
  })
})
