import { describe, test } from 'node:test'
import { expect } from 'chai'
import { ownDiscord } from './support/server'

const discord = ownDiscord({
  ...{ Ada: {}, Ben: {}, Keeper: { bot: true }, Plain: { bot: true, missingPermissions: ['MANAGE_THREADS'] } },
  Mute: { bot: true, missingPermissions: ['CREATE_PUBLIC_THREADS', 'CREATE_PRIVATE_THREADS', 'SEND_MESSAGES_IN_THREADS'] },
})

type Made = Record<string, never> & { id: string }
const start = async (body: object = {}, as = 'Ada'): Promise<Made> => {
  const { id } = await discord.say('Gloves?')
  const { body: thread } = await discord.call('POST', `${discord.channel}/messages/${id}/threads`, {
    as,
    body: { name: 'Gloves', ...body },
  })
  return thread
}
const change = (id: string, body: object, as = 'Ada') => discord.call('PATCH', `/channels/${id}`, { as, body })
const texts = async (channel: string): Promise<string[]> =>
  (await discord.call('GET', `/channels/${channel}/messages`)).body.map(({ content }: { content: string }) => content)

describe('a thread on a message', () => {
  // DIS-052
  test('has the message’s id and all documented fields; there is at most one', async () => {
    const { id } = await discord.say('Gloves?')
    const path = `${discord.channel}/messages/${id}/threads`
    const { status, body } = await discord.call('POST', path, { body: { name: 'Gloves', auto_archive_duration: 60 } })
    expect(status).to.equal(201)
    expect(body).to.deep.include({
      ...{
        id,
        type: 11,
        guild_id: discord.who('Ada').guild,
        parent_id: discord.who('Ada').channel,
        owner_id: discord.who('Ada').id,
        name: 'Gloves',
      },
      ...{ flags: 0, message_count: 0, member_count: 1, total_message_sent: 0, rate_limit_per_user: 0, last_message_id: null },
    })
    expect(body.thread_metadata).to.include({ archived: false, auto_archive_duration: 60, locked: false })
    expect(body.thread_metadata).to.include.all.keys('archive_timestamp', 'create_timestamp')
    expect(body.member).to.include({ id, user_id: discord.who('Ada').id, flags: 1 })
    const message = (await discord.call('GET', `${discord.channel}/messages/${id}`)).body
    expect([message.flags & 32, message.thread.id]).to.deep.equal([32, id])
    expect(await discord.refusal('POST', path, { body: { name: 'Again' } })).to.deep.equal([400, 160004])
  })

  test('has its own history, which begins with a system message that refers to the message', async () => {
    const { id } = await start()
    await discord.say('first', id)
    await discord.say('second', id)
    expect(await texts(id)).to.deep.equal(['second', 'first', ''])
    const [, , pointer] = (await discord.call('GET', `/channels/${id}/messages`)).body
    expect([pointer.type, pointer.message_reference.message_id, pointer.referenced_message.content]).to.deep.equal([
      21,
      id,
      'Gloves?',
    ])
    expect(await texts(discord.who('Ada').channel)).not.to.include('first')
    const { body } = await discord.call('GET', `/channels/${id}`)
    expect([body.message_count, body.total_message_sent]).to.deep.equal([2, 2])
    const [latest] = (await discord.call('GET', `/channels/${id}/messages`)).body
    await discord.call('DELETE', `/channels/${id}/messages/${latest.id}`)
    const after = (await discord.call('GET', `/channels/${id}`)).body
    expect([after.message_count, after.total_message_sent]).to.deep.equal([1, 2])
  })

  test('is kept when its message is deleted', async () => {
    const { id } = await start()
    await discord.call('DELETE', `${discord.channel}/messages/${id}`)
    expect((await discord.call('GET', `/channels/${id}`)).status).to.equal(200)
  })

  test('needs a name of 1 to 100 characters and one of four durations', async () => {
    const { id } = await discord.say('Gloves?')
    for (const [body, field, code] of [
      [{}, 'name', 'BASE_TYPE_REQUIRED'],
      [{ name: '' }, 'name', 'BASE_TYPE_REQUIRED'],
      [{ name: 'x'.repeat(101) }, 'name', 'BASE_TYPE_BAD_LENGTH'],
      [{ name: 'x', auto_archive_duration: 61 }, 'auto_archive_duration', 'BASE_TYPE_CHOICES'],
      [{ name: 'x', rate_limit_per_user: 21_601 }, 'rate_limit_per_user', 'NUMBER_TYPE_MAX'],
    ] as const) {
      const { status, body: answer } = await discord.call('POST', `${discord.channel}/messages/${id}/threads`, { body })
      expect([status, answer.errors[field]._errors[0].code], JSON.stringify(body)).to.deep.equal([400, code])
    }
  })

  test('and writing in one need permissions', async () => {
    const { id } = await discord.say('Gloves?')
    const body = { name: 'Gloves' }
    expect(await discord.refusal('POST', `${discord.channel}/messages/${id}/threads`, { as: 'Mute', body })).to.deep.equal([
      403, 50013,
    ])
    expect(await discord.refusal('POST', `${discord.channel}/threads`, { as: 'Mute', body })).to.deep.equal([403, 50013])
    const thread = await start()
    const words = { content: 'x' }
    expect(await discord.refusal('POST', `/channels/${thread.id}/messages`, { as: 'Mute', body: words })).to.deep.equal([
      403, 50013,
    ])
    expect(await discord.refusal('POST', `/channels/${thread.id}/threads`, { body })).to.deep.equal([400, 50024])
  })
})

describe('a thread without a message', () => {
  test('has a system message in its parent, and is private unless requested otherwise', async () => {
    const made = await discord.call('POST', `${discord.channel}/threads`, { body: { name: 'Open', type: 11 } })
    expect([made.status, made.body.type]).to.deep.equal([201, 11])
    const [notice] = (await discord.call('GET', `${discord.channel}/messages?limit=1`)).body
    expect([notice.type, notice.content, notice.message_reference.channel_id]).to.deep.equal([18, 'Open', made.body.id])
    const secret = (await discord.call('POST', `${discord.channel}/threads`, { body: { name: 'Secret' } })).body
    expect([secret.type, secret.thread_metadata.invitable]).to.deep.equal([12, true])
    expect(await discord.refusal('GET', `/channels/${secret.id}`, { as: 'Plain' })).to.deep.equal([403, 50001])
    expect((await discord.call('GET', `/channels/${secret.id}`, { as: 'Keeper' })).status).to.equal(200)
  })
})

describe('names', () => {
  test('are trimmed, and must not be blank', async () => {
    expect((await start({ name: '  Gloves \n' })).name).to.equal('Gloves')
    const { id } = await start()
    for (const name of ['   ', '\n']) {
      const { body } = await change(id, { name })
      expect(body.errors.name._errors[0].code).to.equal('BASE_TYPE_REQUIRED')
    }
  })
})

describe('the end of a thread', () => {
  test('its owner archives it, a new message unarchives it, managers delete it', async () => {
    const { id } = await start({}, 'Plain')
    expect((await change(id, { archived: true, name: 'Found' }, 'Plain')).body).to.deep.include({ name: 'Found' })
    expect((await change(id, { name: 'x' }, 'Plain')).body.code).to.equal(50083)
    const listed = (await discord.call('GET', `${discord.channel}/threads/archived/public`)).body
    expect([listed.threads[0].id, listed.has_more]).to.deep.equal([id, false])
    const active = (await discord.call('GET', `/guilds/${discord.who('Ada').guild}/threads/active`)).body
    expect(active.threads.map((thread: { id: string }) => thread.id)).not.to.include(id)
    await discord.say('one more thing', id)
    expect((await discord.call('GET', `/channels/${id}`)).body.thread_metadata.archived).to.equal(false)
    expect(await discord.refusal('DELETE', `/channels/${id}`, { as: 'Plain' })).to.deep.equal([403, 50013])
    expect((await discord.call('DELETE', `/channels/${id}`)).body.id).to.equal(id)
    expect(await discord.refusal('GET', `/channels/${id}`)).to.deep.equal([404, 10003])
    expect((await discord.call('GET', `${discord.channel}/messages/${id}`)).body).not.to.have.property('thread')
  })

  test('a locked one is closed to all but users who may manage threads', async () => {
    const { id } = await start({}, 'Plain')
    expect((await change(id, { locked: true }, 'Plain')).body.code).to.equal(50013)
    await change(id, { locked: true, archived: true })
    const body = { content: 'x' }
    expect(await discord.refusal('POST', `/channels/${id}/messages`, { as: 'Plain', body })).to.deep.equal([403, 160005])
    expect((await change(id, { archived: false }, 'Plain')).body.code).to.equal(50013)
    expect((await discord.call('POST', `/channels/${id}/messages`, { body })).status).to.equal(200)
  })

  test('in an archived one nothing is edited, nor reacted to', async () => {
    const { id } = await start()
    const message = await discord.say('x', id)
    await change(id, { archived: true })
    const path = `/channels/${id}/messages/${message.id}`
    expect(await discord.refusal('PATCH', path, { body: { content: 'y' } })).to.deep.equal([400, 50083])
    expect(await discord.refusal('PUT', `${path}/reactions/%F0%9F%91%8D/@me`)).to.deep.equal([400, 50083])
  })

  test('archived ones are listed by page', async () => {
    const path = `${discord.channel}/threads/archived/public`
    const made = [await start(), await start(), await start()]
    for (const { id } of made) await change(id, { archived: true })
    const first = (await discord.call('GET', `${path}?limit=2`)).body
    expect([first.threads.length, first.has_more]).to.deep.equal([2, true])
    const until = encodeURIComponent(first.threads[1].thread_metadata.archive_timestamp)
    const second = (await discord.call('GET', `${path}?limit=2&before=${until}`)).body
    expect(second.threads.map((one: { id: string }) => one.id)).not.to.include(first.threads[1].id)
    expect(await discord.refusal('GET', `${path}?limit=1`)).to.deep.equal([400, 50035])
  })
})
