import { connect } from 'node:net'
import { describe, test } from 'node:test'
import { expect } from 'chai'
import { ownSlack } from './support/server'

let channel: string
const slack = ownSlack({ Ada: {}, Ben: {}, Cleo: {} }, (slack) => {
  channel = slack.bot.channelId ?? ''
})

/** A raw body with a media type. */
async function sent(method: string, body: string | Buffer, type: string): Promise<Record<string, unknown>> {
  const headers = { authorization: `Bearer ${slack.bot.botToken}`, 'content-type': type }
  const answer = await fetch(`${slack.address}${method}`, { method: 'POST', headers, body: new Uint8Array(Buffer.from(body)) })
  return (await answer.json()) as Record<string, unknown>
}

describe('names with a meaning in JavaScript', () => {
  for (const name of ['constructor', 'toString', '__proto__', 'hasOwnProperty', 'x'.repeat(300)]) {
    test(`the method ${name.slice(0, 20)} is unknown`, async () => {
      const { status, body } = await slack.call(name)
      expect(status).to.equal(200)
      expect(body).to.deep.equal({ ok: false, error: 'unknown_method', req_method: name })
      expect(await slack.error(name, {}, { as: null })).to.equal('unknown_method')
    })
  }

  test('so are such kinds of blocks, conversations and files', async () => {
    const blocks = [{ type: 'constructor' }]
    expect(await slack.error('chat.postMessage', { channel, blocks })).to.equal('invalid_blocks')
    expect(await slack.error('conversations.list', { types: 'constructor' })).to.equal('invalid_types')
    const { upload_url, file_id } = await slack.ok('files.getUploadURLExternal', { filename: 'a.constructor', length: 1 })
    await fetch(upload_url, { method: 'POST', body: 'a' })
    const { files } = await slack.ok('files.completeUploadExternal', { files: [{ id: file_id }], channel_id: channel })
    expect(files[0].filetype).to.equal('binary')
  })
})

describe('JSON that is empty, or has other types than expected', () => {
  const cases: [string, string, Record<string, unknown>, string][] = [
    ['metadata', 'chat.postMessage', { text: 'x', metadata: 'null' }, 'invalid_metadata_format'],
    ['metadata in a list', 'chat.postMessage', { text: 'x', metadata: '[]' }, 'invalid_metadata_format'],
    ['blocks', 'chat.postMessage', { blocks: 'null' }, 'invalid_blocks_format'],
    ['files', 'files.completeUploadExternal', { files: '[null]' }, 'invalid_arguments'],
    ['files by number', 'files.completeUploadExternal', { files: '[1]' }, 'invalid_arguments'],
  ]
  for (const [what, method, args, error] of cases) {
    test(`${what}: ${error}`, async () => {
      expect(await slack.error(method, { channel, ...args })).to.equal(error)
    })
  }

  for (const profile of [
    { fields: { Xf1: null } },
    { fields: [] },
    { first_name: { a: 1 } },
    { status_text: 'out', status_emoji: ':tada:', status_expiration: 'soon' },
    { status_text: 'out', status_emoji: ':tada:', status_expiration: -1 },
  ]) {
    test(`a profile of ${JSON.stringify(profile)}`, async () => {
      expect(await slack.error('users.profile.set', { profile }, { as: slack.ben.userToken ?? '' })).to.equal('invalid_profile')
    })
  }
})

describe('bodies', () => {
  test('Latin-1 is accepted as a charset', async () => {
    const body = Buffer.from(`channel=${channel}&text=gr\xfc\xdfe`, 'latin1')
    const { message } = await sent('chat.postMessage', body, 'application/x-www-form-urlencoded; charset=iso-8859-1')
    expect((message as { text: string }).text).to.equal('grüße')
  })

  test('only GET and POST have an effect', async () => {
    const headers = { authorization: `Bearer ${slack.bot.botToken}` }
    for (const method of ['HEAD', 'PUT', 'DELETE']) {
      const answer = await fetch(`${slack.address}chat.postMessage?channel=${channel}&text=${method}`, { method, headers })
      expect(answer.status, method).to.equal(405)
    }
    const { messages } = await slack.ok('conversations.history', { channel })
    expect(messages.map(({ text }: { text: string }) => text)).to.not.include('HEAD')
  })
})

describe('invitations and reactions', () => {
  test('a user given twice is invited once', async () => {
    const { channel: made } = await slack.ok('conversations.create', { name: 'twice' })
    await slack.ok('conversations.invite', { channel: made.id, users: `${slack.ben.userId},${slack.ben.userId}` })
    const { members } = await slack.ok('conversations.members', { channel: made.id })
    expect(members).to.deep.equal([slack.bot.userId, slack.ben.userId])
  })

  test('users cannot be invited to a direct conversation', async () => {
    const { channel: direct } = await slack.ok('conversations.open', { users: slack.ben.userId })
    const args = { channel: direct.id, users: slack.people.Cleo?.userId }
    expect(await slack.error('conversations.invite', args)).to.equal('method_not_supported_for_channel_type')
    expect((await slack.ok('conversations.members', { channel: direct.id })).members).to.have.length(2)
  })

  test('every emoji of Slack can be used as a reaction', async () => {
    const { ts } = await slack.ok('chat.postMessage', { channel, text: 'Found' })
    for (const name of ['dancer', 'flag-de', 'hourglass_flowing_sand', 'rofl', 'woman-juggling::skin-tone-4', 'goose'])
      await slack.ok('reactions.add', { channel, timestamp: ts, name })
    expect((await slack.ok('reactions.get', { channel, timestamp: ts })).message.reactions).to.have.length(6)
  })
})

describe('invalid upgrades', () => {
  for (const path of ['//', '/link/?ticket=unknown', '/elsewhere']) {
    test(`${path} is refused, and the server continues`, async () => {
      expect(await upgraded(path)).to.match(/^HTTP\/1\.1 401 /)
      expect(await slack.ok('api.test')).to.deep.equal({ ok: true })
    })
  }
})

function upgraded(path: string): Promise<string> {
  const { hostname, port } = new URL(slack.origin)
  const lines = ['Host: x', 'Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13', 'Sec-WebSocket-Key: AA==']
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(`GET ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`))
    socket.setTimeout(5_000, () => socket.destroy(new Error('no answer within 5 s')))
    socket.once('data', (data) => resolve(data.toString()))
    socket.once('error', reject)
    socket.once('close', () => resolve(''))
  })
}
