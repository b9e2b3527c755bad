import { test } from 'node:test'
import { expect } from 'chai'
import { ownSlack } from './support/server'

const BYTES = Buffer.from('One red glove.\n')

let channel: string
const slack = ownSlack({ Ada: {}, Ben: {} }, (slack) => {
  channel = slack.bot.channelId ?? ''
})

const begin = (name = 'glove.txt') => slack.ok('files.getUploadURLExternal', { filename: name, length: BYTES.length })
const send = (url: string, body: NonNullable<RequestInit['body']> = new Uint8Array(BYTES)) => fetch(url, { method: 'POST', body })
async function upload(args: object = {}, name = 'glove.txt'): Promise<string> {
  const { upload_url, file_id } = await begin(name)
  await send(upload_url)
  await slack.ok('files.completeUploadExternal', { files: [{ id: file_id, title: 'A glove' }], channel_id: channel, ...args })
  return file_id
}

// SLK-096
test('announced, sent raw or in a form, completed: the channel contains the message with its comment', async () => {
  const form = new FormData()
  form.append('body', new Blob([new Uint8Array(BYTES)]), 'Untitled')
  for (const body of [new Uint8Array(BYTES), form]) {
    const { upload_url, file_id } = await begin()
    expect((await send(upload_url, body)).status).to.equal(200)
    const done = await slack.ok('files.completeUploadExternal', {
      files: [{ id: file_id, title: 'A glove' }],
      channel_id: channel,
      initial_comment: 'Look & see',
    })
    expect(done.files[0]).to.include({ id: file_id, title: 'A glove' })
    const [message] = (await slack.ok('conversations.history', { channel, limit: 1 })).messages
    expect(message).to.include({ subtype: 'file_share', text: 'Look &amp; see', user: slack.bot.userId })
    const [file] = message.files
    const fields =
      'id created timestamp name title mimetype filetype pretty_type user size mode is_external external_type is_public public_url_shared url_private url_private_download permalink channels groups ims shares comments_count editable'
    expect(file).to.include.all.keys(fields.split(' '))
    expect(file).to.include({ name: 'glove.txt', size: BYTES.length, mimetype: 'text/plain', is_public: true })
    expect(file.shares.public[channel][0].ts).to.equal(message.ts)
  }
})

test('its bytes require a token', async () => {
  const { file } = await slack.ok('files.info', { file: await upload() })
  const get = (token: string) => fetch(file.url_private, { headers: { authorization: `Bearer ${token}` }, redirect: 'manual' })
  expect(Buffer.from(await (await get(slack.bot.botToken ?? '')).arrayBuffer()).equals(BYTES)).to.equal(true)
  expect((await fetch(file.url_private, { redirect: 'manual' })).status).to.equal(302)
  const { Ada } = await slack.others({ Ada: {} })
  expect((await get(Ada?.botToken ?? '')).status).to.equal(302)
})

test('it can be shared in a thread, in several channels, or not at all', async () => {
  const { ts } = await slack.ok('chat.postMessage', { channel, text: 'Files below' })
  await upload({ thread_ts: ts })
  expect((await slack.ok('conversations.replies', { channel, ts })).messages[1].files).to.have.length(1)
  const { id } = (await slack.ok('conversations.create', { name: 'files-too' })).channel
  const { file } = await slack.ok('files.info', { file: await upload({ channel_id: '', channels: `${channel},${id}` }) })
  expect(file.channels).to.have.members([channel, id])
  const alone = await slack.ok('files.info', { file: await upload({ channel_id: '' }) })
  expect(alone.file.channels).to.deep.equal([])
})

test('whoever may not see it is led to the sign-in page of the sandbox itself', async () => {
  const { file } = await slack.ok('files.info', { file: await upload() })
  const refused = await fetch(file.url_private, { redirect: 'manual' })
  expect([refused.status, refused.headers.get('location')]).to.deep.equal([302, `${slack.origin}/signin`])
  const page = await fetch(file.url_private)
  expect(page.headers.get('content-type')).to.include('text/html')
  expect(await page.text()).to.include('Sign in')
})

test('deleted, it is gone, and its message shows where it was', async () => {
  const id = await upload()
  await slack.ok('files.delete', { file: id })
  expect(await slack.error('files.delete', { file: id })).to.equal('file_deleted')
  expect((await slack.ok('conversations.history', { channel, limit: 1 })).messages[0].files).to.deep.equal([
    { id, mode: 'tombstone' },
  ])
})

test('refusals by name', async () => {
  const { file_id, upload_url } = await begin()
  const outside = (await slack.callControl('/channels', { teamId: slack.bot.teamId, name: 'outside' })).channels[0].id
  const quiet = (
    await slack.callControl('/channels', {
      teamId: slack.bot.teamId,
      name: 'quiet',
      members: [slack.bot.userId],
      policy: 'no-files',
    })
  ).channels[0].id
  const complete = (args: object) =>
    slack.error('files.completeUploadExternal', { files: [{ id: file_id }], channel_id: channel, ...args })
  expect(await complete({}), 'before the bytes').to.equal('file_not_found')
  expect((await send(upload_url, 'too short')).status).to.equal(400)
  await send(upload_url)
  expect(await complete({ channel_id: 'C0NOTTHERE0' })).to.equal('channel_not_found')
  expect(await complete({ channel_id: 'somewhere' })).to.equal('invalid_channel')
  expect(await complete({ channel_id: outside })).to.equal('not_in_channel')
  expect(await complete({ channel_id: quiet })).to.equal('posting_to_channel_denied')
  expect(await complete({ files: [{ id: 'F0NOTTHERE' }] })).to.equal('file_not_found')
  const cases: [string, string, object][] = [
    ['missing_argument', 'files.getUploadURLExternal', { filename: 'x' }],
    ['invalid_arguments', 'files.getUploadURLExternal', { filename: 'x', length: 0 }],
    ['file_upload_size_restricted', 'files.getUploadURLExternal', { filename: 'x', length: 2 ** 31 }],
    ['alt_txt_too_large', 'files.getUploadURLExternal', { filename: 'x', length: 1, alt_txt: 'x'.repeat(1_001) }],
    ['file_not_found', 'files.delete', { file: 'F0NOTTHERE' }],
  ]
  for (const [error, method, args] of cases) expect(await slack.error(method, { ...args }), `${method} ${error}`).to.equal(error)
  expect((await fetch(`${slack.origin}/upload/v1/nobody`, { method: 'POST', body: 'x' })).status).to.equal(404)
  expect(await slack.error('files.delete', { file: await upload() }, { as: slack.ben.userToken ?? '' })).to.equal(
    'cant_delete_file',
  )
})
