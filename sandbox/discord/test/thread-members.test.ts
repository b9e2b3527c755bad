import { describe, test } from 'node:test'
import { expect } from 'chai'
import { sessionOf } from './support/gateway'
import { ownDiscord } from './support/server'

const discord = ownDiscord({
  ...{ Ada: {}, Ben: {}, Keeper: { bot: true } },
  Plain: { bot: true, missingPermissions: ['MANAGE_THREADS'] },
  Mute: { bot: true, missingPermissions: ['MANAGE_THREADS', 'SEND_MESSAGES_IN_THREADS'] },
})

const start = async (type: number, as = 'Ada'): Promise<{ id: string }> =>
  (await discord.call('POST', `${discord.channel}/threads`, { as, body: { name: 'Gloves', type } })).body
const place = (id: string, who: string): string => `/channels/${id}/thread-members/${discord.who(who).id}`
const joined = async (id: string): Promise<string[]> =>
  (await discord.call('GET', `/channels/${id}/thread-members`)).body.map((member: { user_id: string }) => member.user_id)

describe('members of a thread', () => {
  test('join and leave; a user who writes becomes one', async () => {
    const { id } = await start(11)
    await discord.say('me too', id, 'Plain')
    const own = `/channels/${id}/thread-members/@me`
    expect((await discord.call('GET', `/channels/${id}`)).body.member_count).to.equal(2)
    expect((await discord.call('DELETE', own, { as: 'Plain' })).status).to.equal(204)
    expect((await discord.call('GET', `/channels/${id}`, { as: 'Plain' })).body).not.to.have.property('member')
    expect((await discord.call('PUT', own, { as: 'Keeper' })).status).to.equal(204)
    expect(await joined(id)).to.deep.equal([discord.who('Ada').id, discord.who('Keeper').id])
    await discord.callControl('/intents', { bot: discord.who('Plain').id, off: ['GUILD_MEMBERS'] })
    expect(await discord.refusal('GET', `/channels/${id}/thread-members`, { as: 'Plain' })).to.deep.equal([403, 50001])
  })

  test('are added by any user who may write there, and removed by users who may manage threads', async () => {
    const { id } = await start(11)
    expect((await discord.call('PUT', place(id, 'Ben'), { as: 'Plain' })).status).to.equal(204)
    expect(await joined(id)).to.include(discord.who('Ben').id)
    expect(await discord.refusal('PUT', place(id, 'Keeper'), { as: 'Mute' })).to.deep.equal([403, 50013])
    expect(await discord.refusal('PUT', `/channels/${id}/thread-members/123456789012345678`)).to.deep.equal([404, 10007])
    expect(await discord.refusal('DELETE', place(id, 'Ben'), { as: 'Plain' })).to.deep.equal([403, 50013])
    expect((await discord.call('DELETE', place(id, 'Ben'), { as: 'Keeper' })).status).to.equal(204)
    expect(await joined(id)).not.to.include(discord.who('Ben').id)
  })
})

describe('a private thread', () => {
  test('is reported to a bot that is added, and so is its removal', async () => {
    const { id } = await start(12)
    const gateway = await sessionOf(discord, 'Plain', 1)
    expect(await discord.refusal('GET', `/channels/${id}`, { as: 'Plain' })).to.deep.equal([403, 50001])
    await discord.call('PUT', place(id, 'Plain'))
    const thread = await gateway.event('THREAD_CREATE', (thread) => thread.id === id)
    expect(thread.member.user_id).to.equal(discord.who('Plain').id)
    expect(thread).not.to.have.property('newly_created')
    expect((await discord.call('GET', `/channels/${id}`, { as: 'Plain' })).status).to.equal(200)
    await discord.call('DELETE', place(id, 'Plain'))
    const { removed_member_ids: gone } = await gateway.event('THREAD_MEMBERS_UPDATE', (one) => 'removed_member_ids' in one)
    expect(gone).to.deep.equal([discord.who('Plain').id])
    expect(await discord.refusal('GET', `/channels/${id}`, { as: 'Plain' })).to.deep.equal([403, 50001])
    gateway.close()
  })

  test('allows its creator to remove others', async () => {
    const { id } = await start(12, 'Plain')
    await discord.call('PUT', place(id, 'Mute'), { as: 'Plain' })
    expect(await discord.refusal('DELETE', place(id, 'Plain'), { as: 'Mute' })).to.deep.equal([403, 50013])
    expect((await discord.call('DELETE', place(id, 'Mute'), { as: 'Plain' })).status).to.equal(204)
  })
})
