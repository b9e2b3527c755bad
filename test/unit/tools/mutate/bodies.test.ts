import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { encodeHeader, FrameReader, frame, propertiesOf } from '../../../../tools/mutate/amqp-frames'
import { decodeBody } from '../../../../tools/mutate/body'
import { changes } from '../../../../tools/mutate/changes'
import { Memory } from '../../../../tools/mutate/memory'
import { edit, GONE, valuesAt } from '../../../../tools/mutate/tree'
import { fillTemplate, matches, templateOf } from '../../../../tools/mutate/wire'

describe('bodies in traffic', () => {
  it('does not change a multipart body without edits, and changes only one field with one', async () => {
    const form = new FormData()
    form.set('message', 'Grüße')
    form.set('attachment', new Blob(['one\r\ntwo']), 'notes.txt')
    const sent = new Response(form)
    const raw = Buffer.from(await sent.arrayBuffer())
    const body = decodeBody(raw, sent.headers.get('content-type') ?? '')
    assert.deepEqual(body.encode(body.tree), raw)
    const changed = decodeBody(
      body.encode({ ...(body.tree as object), message: 'Hello' }),
      sent.headers.get('content-type') ?? '',
    ).tree
    assert.deepEqual(changed, { message: 'Hello', attachment: { filename: 'notes.txt', content: 'one\r\ntwo' } })
  })

  it('reads forms, JSON and single values', () => {
    assert.deepEqual(decodeBody(Buffer.from('text=a+b&ts=1'), 'application/x-www-form-urlencoded').tree, { text: 'a b', ts: '1' })
    assert.deepEqual(decodeBody(Buffer.from('{"a":[1]}'), 'application/json').tree, { a: [1] })
    assert.equal(decodeBody(Buffer.from('null'), 'application/json').tree, null)
  })

  it('changes values in JSON within a text', () => {
    const holder = { tree: { blocks: '[{"text":"a"},{"text":"b"}]' } as unknown }
    assert.equal(
      edit(holder, ['blocks', '<json>', '[]', 'text'], (value) => `${value}!`),
      2,
    )
    assert.deepEqual(holder.tree, { blocks: '[{"text":"a!"},{"text":"b!"}]' })
  })

  it('removes fields and elements', () => {
    const holder = { tree: { items: [{ id: 1, name: 'a' }, { id: 2 }] } as unknown }
    assert.equal(
      edit(holder, ['items', '[]', 'name'], () => GONE),
      1,
    )
    assert.equal(
      edit(holder, ['items', '[]'], (_value, index) => (index === 0 ? GONE : _value)),
      1,
    )
    assert.deepEqual(holder.tree, { items: [{ id: 2 }] })
    assert.deepEqual(valuesAt(holder.tree, ['items', '[]', 'id']), [2])
  })

  it('keeps markup well formed where its text is changed', () => {
    const change = changes.lengthened('<div><b>Hello</b> you</div>', { memory: new Memory() }, 0, [])
    assert.equal(change, '<div><b>Hello altered</b> you</div>')
  })

  it('separates a path’s template from its variable parts', () => {
    const wire = { routes: ['/users/by-username/:name'], unpromised: [] }
    const id = '6f1f1b1c-5b0e-4b59-9f3a-6c2f7b3f3b11'
    assert.deepEqual(templateOf(wire, `/posts/${id}/vote`), { template: '/posts/:1/vote', variables: { 1: id } })
    assert.deepEqual(templateOf(wire, '/users/by-username/ada').template, '/users/by-username/:name')
    assert.deepEqual(templateOf(wire, '/room/_ktoeAYOHlsLZzouyeJUTdyhODTFsXOv/info').template, '/room/:1/info')
    assert.equal(fillTemplate('/users/by-username/:name', { name: 'a/b' }), '/users/by-username/a%2Fb')
    assert.ok(matches('response *author.karma', 'response items[].author.karma'))
    assert.ok(!matches('response author.karma', 'response items[].author.karma'))
  })
})

describe('frames of AMQP', () => {
  it('are read from a stream in chunks of any size', () => {
    const stream = Buffer.concat([
      Buffer.from('AMQP\x00\x00\x09\x01'),
      frame(1, 0, Buffer.from('one')),
      frame(3, 7, Buffer.from('two')),
    ])
    const reader = new FrameReader(true)
    const read = [...stream].map((byte) => reader.read(Buffer.from([byte])))
    assert.equal(read.filter(({ greeting }) => greeting !== undefined).length, 1)
    const frames = read.flatMap(({ frames: some }) => some)
    assert.deepEqual(
      frames.map(({ type, channel, payload }) => [type, channel, payload.toString()]),
      [
        [1, 0, 'one'],
        [3, 7, 'two'],
      ],
    )
  })

  it('contain the given properties', () => {
    const properties = { contentType: 'application/json', deliveryMode: 2, messageId: 'm-1', timestamp: 1_700_000_000 }
    const header = encodeHeader(properties, 42)
    assert.equal(header.readBigUInt64BE(4), 42n)
    assert.deepEqual(propertiesOf(header), properties)
  })
})
