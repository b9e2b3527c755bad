import { describe, test } from 'node:test'
import { expect } from 'chai'
import { ownDiscord } from './support/server'

const discord = ownDiscord({ Ada: {}, Bare: { bot: true, missingPermissions: ['ATTACH_FILES', 'EMBED_LINKS'] } })

const MEBI = 1_024 * 1_024

function form(files: Record<string, [string, string | Uint8Array<ArrayBuffer>]>, payload?: unknown): FormData {
  const data = new FormData()
  if (payload !== undefined) data.append('payload_json', JSON.stringify(payload))
  for (const [field, [name, content]] of Object.entries(files))
    data.append(field, new Blob([content], { type: 'text/plain' }), name)
  return data
}

describe('attachments', () => {
  test('are described in the message and can be downloaded without credentials by their address', async () => {
    const payload = { content: 'A list', attachments: [{ id: 0, description: 'gloves' }] }
    const body = form({ 'files[0]': ['e2e test file.txt', 'one red glove'], 'files[1]': ['b.md', '# b'] }, payload)
    const { status, body: message } = await discord.call('POST', discord.messages, { body })
    expect([status, message.content, message.attachments.length]).to.deep.equal([200, 'A list', 2])
    const [file, second] = message.attachments
    expect(file).to.include({
      filename: 'e2e_test_file.txt',
      size: 13,
      description: 'gloves',
      content_type: 'text/plain; charset=utf-8',
    })
    expect(second).not.to.have.property('description')
    for (const url of [file.url, file.proxy_url]) {
      const answer = await fetch(url)
      expect([answer.status, await answer.text()]).to.deep.equal([200, 'one red glove'])
    }
    for (const name of ['ex', 'is', 'hm']) expect(new URL(file.url).searchParams.get(name)).to.match(/^[0-9a-f]+$/)
  })

  const PNG = '89504e470d0a1a0a0000000d49484452000000200000001008060000000000000000'
  const GIF = '474946383961200010000000'
  const JPEG = 'ffd8ffe000040000ffc0001108001000200301110002110103110100'

  for (const [name, hex] of [
    ['glove.png', PNG],
    ['glove.gif', GIF],
    ['glove.jpg', JPEG],
  ] as const) {
    test(`a picture has the size that its file says: ${name}`, async () => {
      const bytes = new Uint8Array(Buffer.from(hex, 'hex'))
      const { body } = await discord.call('POST', discord.messages, { body: form({ 'files[0]': [name, bytes] }) })
      expect(body.attachments[0]).to.include({ filename: name, width: 32, height: 16 })
    })
  }

  test('other files have no width and height', async () => {
    const { body } = await discord.call('POST', discord.messages, { body: form({ 'files[0]': ['a.txt', 'x'] }) })
    expect(body.attachments[0]).not.to.have.any.keys('width', 'height')
  })

  test('can be shown in an embed of their message', async () => {
    const payload = { embeds: [{ image: { url: 'attachment://glove.png' } }] }
    const { body } = await discord.call('POST', discord.messages, { body: form({ 'files[0]': ['glove.png', 'x'] }, payload) })
    expect(body.embeds[0].image.url).to.equal(body.attachments[0].url)
  })

  for (const type of ['', 'text/plain', 'application/json', 'application/json; charset=utf-8', 'application/octet-stream']) {
    test(`can have a payload declared as "${type}", whose large numbers stay exact`, async () => {
      const { id } = await discord.say('original')
      const header = type ? `Content-Type: ${type}\r\n` : ''
      const payload = `{"content":"beside","message_reference":{"message_id":${id}}}`
      const parts = [
        `Content-Disposition: form-data; name="payload_json"\r\n${header}\r\n${payload}`,
        'Content-Disposition: form-data; name="files[0]"; filename="a.txt"\r\n\r\nx',
      ]
      const body = `${parts.map((part) => `--glove\r\n${part}\r\n`).join('')}--glove--\r\n`
      const headers = { 'content-type': 'multipart/form-data; boundary=glove' }
      const answer = (await discord.call('POST', discord.messages, { body, headers })).body
      expect([answer.content, answer.attachments.length, answer.message_reference?.message_id]).to.deep.equal(['beside', 1, id])
    })
  }

  test('cannot be downloaded without the complete address, nor after their message was deleted', async () => {
    const { body: message } = await discord.call('POST', discord.messages, { body: form({ 'files[0]': ['a.txt', 'x'] }) })
    const { url } = message.attachments[0]
    expect((await fetch(url.split('?')[0])).status).to.equal(404)
    expect((await fetch(url.replace(/hm=\w{4}/, 'hm=0000'))).status).to.equal(404)
    await discord.call('DELETE', `${discord.messages}/${message.id}`)
    expect((await fetch(url)).status).to.equal(404)
  })

  test('alone are a message; single fields can be sent with them', async () => {
    const data = form({ file: ['a.txt', 'x'] })
    data.append('content', 'beside')
    const { body } = await discord.call('POST', discord.messages, { body: data })
    expect([body.content, body.attachments[0].filename]).to.deep.equal(['beside', 'a.txt'])
    expect(await discord.refusal('POST', discord.messages, { body: form({}, {}) })).to.deep.equal([400, 50006])
    expect((await discord.call('POST', discord.messages, { body: form({ 'files[0]': ['a.txt', 'x'] }) })).status).to.equal(200)
  })

  test('may be ten, of 10 MiB each', async () => {
    const many = (count: number) =>
      form(Object.fromEntries(Array.from({ length: count }, (_, at) => [`files[${at}]`, ['a.txt', 'x'] as [string, string]])))
    expect((await discord.call('POST', discord.messages, { body: many(10) })).body.attachments).to.have.length(10)
    expect(await discord.refusal('POST', discord.messages, { body: many(11) })).to.deep.equal([400, 50035])
    const sized = (size: number) => form({ 'files[0]': ['a.bin', new Uint8Array(size)] })
    expect((await discord.call('POST', discord.messages, { body: sized(10 * MEBI) })).status).to.equal(200)
    expect(await discord.refusal('POST', discord.messages, { body: sized(10 * MEBI + 1) })).to.deep.equal([413, 40005])
  })

  test('are at most 25 MiB together', async () => {
    const file = new Uint8Array(9 * MEBI)
    const body = form({ 'files[0]': ['a', file], 'files[1]': ['b', file], 'files[2]': ['c', file] })
    expect(await discord.refusal('POST', discord.messages, { body })).to.deep.equal([413, 40005])
  })

  test('and embeds need their own permissions', async () => {
    expect(
      await discord.refusal('POST', discord.messages, { as: 'Bare', body: form({ 'files[0]': ['a.txt', 'x'] }) }),
    ).to.deep.equal([403, 50013])
    expect(await discord.refusal('POST', discord.messages, { as: 'Bare', body: { embeds: [{ title: 'T' }] } })).to.deep.equal([
      403, 50013,
    ])
  })

  test('are kept, removed or added by an edit', async () => {
    const { body: message } = await discord.call('POST', discord.messages, {
      body: form({ 'files[0]': ['a.txt', 'a'], 'files[1]': ['b.txt', 'b'] }),
    })
    const [a] = message.attachments
    const body = form({ 'files[0]': ['c.txt', 'c'] }, { attachments: [{ id: a.id }, { id: 0, filename: 'c.txt' }] })
    const { body: edited } = await discord.call('PATCH', `${discord.messages}/${message.id}`, { body })
    expect(edited.attachments.map(({ filename }: { filename: string }) => filename)).to.deep.equal(['a.txt', 'c.txt'])
  })
})
