import { describe, test } from 'node:test'
import { expect } from 'chai'
import { messageCalls } from './support/calls'
import { type Anything, ownPod } from './support/server'

const wire = ownPod({
  Ada: {},
  Ben: {},
  Cleo: { kind: 'bot', inRoom: false, roles: ['CONTENT_MANAGEMENT'] },
  Dan: { kind: 'bot', lacks: ['canUpdateMessage'] },
})
const { room, say, agent, suppress, update, newRoom } = messageCalls(wire)

describe('sending', () => {
  // SYM-020
  test('the response is the message as it is stored', async () => {
    const sent = await say('One red glove')
    expect(sent.messageId).to.match(/^[\w-]{15,50}$/)
    expect(sent).to.deep.include({
      message: '<div data-format="PresentationML" data-version="2.0">One red glove</div>',
      data: '{}',
      originalFormat: 'com.symphony.messageml.v2',
    })
    expect(sent.user).to.include({ userId: Number(wire().people.Ada?.id), username: wire().people.Ada?.username })
    expect(sent.stream).to.include({ streamId: room(), streamType: 'ROOM' })
    expect((await agent(`/v1/message/${sent.messageId}`)).body).to.deep.equal(sent)
  })

  test('timestamps strictly increase', async () => {
    const times = []
    for (let count = 0; count < 5; count++) times.push((await say(`${count}`)).timestamp)
    expect(times).to.deep.equal([...new Set(times)].sort((a, b) => a - b))
  })

  test('to an unknown stream 400, to one of others 403, blocked 451', async () => {
    expect((await wire().send('<messageML>x</messageML>', { to: 'unknown' })).status).to.equal(400)
    expect((await wire().send('<messageML>x</messageML>', { as: 'Cleo' })).status).to.equal(403)
    await wire().callControl('/answers', { username: wire().people.Ada?.username, status: 451, on: '/message/create' })
    expect((await wire().send('<messageML>x</messageML>')).body.code).to.equal(451)
  })

  test('anything but a form with a message is refused', async () => {
    const path = `/agent/v4/stream/${room()}/message/create`
    expect((await wire().call('POST', path, { body: { message: 'x' } })).status).to.equal(400)
    for (const type of ['multipart/form-data', 'multipart/form-data; boundary=x']) {
      const { status, body } = await wire().call('POST', path, { headers: { 'content-type': type }, text: 'no form at all' })
      expect([status, body.code], type).to.deep.equal([400, 400])
    }
    const form = new FormData()
    form.set('data', '{}')
    const { status, body } = await wire().call('POST', path, { form })
    expect([status, body.message]).to.deep.equal([400, 'Error parsing message: the message cannot be null or empty'])
  })

  test('in a read-only room only owners can post; in a public one any user', async () => {
    const quiet = await newRoom('Quiet', { readOnly: true })
    await wire().call('POST', `/pod/v1/room/${quiet}/membership/add`, { body: { id: Number(wire().people.Dan?.id) } })
    expect((await wire().send('<messageML>x</messageML>', { to: quiet, as: 'Dan' })).status).to.equal(403)
    expect((await wire().send('<messageML>x</messageML>', { to: quiet })).status).to.equal(200)
    const open = await newRoom('Open to all', { public: true })
    expect((await wire().send('<messageML>x</messageML>', { to: open, as: 'Cleo' })).status).to.equal(200)
  })

  // SYM-083
  test('files are returned as Base64, each with a preview or none with one', async () => {
    const files = [new File(['one'], 'one.txt'), new File(['two!'], 'two.txt')]
    const sent = await say(' ', { files })
    expect(sent.attachments.map(({ name, size }: Anything) => [name, size])).to.deep.equal([
      ['one.txt', 3],
      ['two.txt', 4],
    ])
    const query = `fileId=${sent.attachments[1].id}&messageId=${sent.messageId}`
    const { body, headers } = await agent(`/v1/stream/${room()}/attachment?${query}`)
    expect(Buffer.from(body, 'base64').toString()).to.equal('two!')
    expect(headers.get('content-type')).to.match(/octet-stream/)
    expect((await agent(`/v1/stream/${room()}/attachment?fileId=x&messageId=${sent.messageId}`)).status).to.equal(400)
    expect((await agent(`/v1/stream/${room()}/attachment?${query}`, 'Cleo')).status).to.equal(403)
    const form = new FormData()
    form.set('message', '<messageML>x</messageML>')
    for (const [name, file] of [
      ['attachment', 'a.txt'],
      ['attachment', 'b.txt'],
      ['preview', 'a.png'],
    ] as const)
      form.append(name, new File(['x'], file))
    expect((await wire().call('POST', `/agent/v4/stream/${room()}/message/create`, { form })).status).to.equal(400)
    form.append('preview', new File(['y'], 'b.png'))
    const shown = (await wire().call('POST', `/agent/v4/stream/${room()}/message/create`, { form })).body
    const image = `fileId=${shown.attachments[1].images[0].id}&messageId=${shown.messageId}`
    const preview = (await agent(`/v1/stream/${room()}/attachment?${image}`)).body
    expect(Buffer.from(preview, 'base64').toString(), 'a preview').to.equal('y')
  })

  test('more than 30 MB is refused', async () => {
    const files = [new File([Buffer.alloc(30 * 1024 * 1024 + 1)], 'large.bin')]
    const { status, body } = await wire().send('<messageML>x</messageML>', { files })
    expect([status, body.code]).to.deep.equal([400, 400])
  })
})

describe('changing and hiding', () => {
  test('an update is a new message that refers to the old one and replaces it', async () => {
    const old = await say('Befor')
    const { body } = await update(old.messageId, '<messageML>Before</messageML>')
    expect(body).to.include({
      replacing: old.messageId,
      initialMessageId: old.messageId,
      initialTimestamp: old.timestamp,
    })
    expect((await agent(`/v1/message/${old.messageId}`)).body.replacedBy).to.equal(body.messageId)
    const again = (await update(body.messageId, '<messageML>Before!</messageML>')).body
    expect(again).to.include({ replacing: body.messageId, initialMessageId: old.messageId })
    const shown = (await agent(`/v4/stream/${room()}/message?since=${old.timestamp}`)).body.map((one: Anything) => one.messageId)
    expect(shown).to.include(again.messageId).and.not.include(old.messageId)
    expect((await update(old.messageId, '<messageML>x</messageML>')).status, 'one replaced already').to.equal(400)
  })

  test('others’ messages, and without the entitlement one’s own, cannot be changed', async () => {
    const adas = await say('Mine')
    const dans = await say('His', { as: 'Dan' })
    expect((await update(dans.messageId, '<messageML>x</messageML>')).status).to.equal(403)
    expect((await update(dans.messageId, '<messageML>x</messageML>', 'Dan')).status).to.equal(403)
    expect((await update('unknown', '<messageML>x</messageML>')).status).to.equal(400)
    expect((await update(adas.messageId, '<messageML><x/></messageML>')).status).to.equal(400)
  })

  test('a suppressed message is no longer visible; suppressing it again is no error', async () => {
    const sent = await say('Never mind')
    expect((await suppress(sent.messageId, 'Dan')).status, 'by others').to.equal(403)
    const { body } = await suppress(sent.messageId)
    expect(body).to.include({ messageId: sent.messageId, suppressed: true })
    expect(body.suppressionDate).to.be.greaterThan(sent.timestamp)
    expect((await suppress(sent.messageId)).body.suppressionDate).to.equal(0)
    const gone = await agent(`/v1/message/${sent.messageId}`)
    expect([gone.status, gone.body]).to.deep.equal([204, ''])
    const { body: shown } = await agent(`/v4/stream/${room()}/message?since=${sent.timestamp}`)
    expect(JSON.stringify(shown)).to.not.include(sent.messageId)
    expect((await suppress('unknown')).status).to.equal(400)
    expect((await suppress((await say('Managed')).messageId, 'Cleo')).status, 'by a content manager').to.equal(200)
  })
})
