import { test } from 'node:test'
import { expect } from 'chai'
import { MultipartForm } from '../../../support/http/multipart'

/** The form as the platform's own parser reads it. */
async function parsed(form: MultipartForm): Promise<FormData> {
  const headers = { 'content-type': form.contentType }
  return new Response(Buffer.concat(form.pieces), { headers }).formData()
}

test('a form is read as it was written: texts, and files with their names, types and bytes', async () => {
  const bytes = Buffer.from(Array.from({ length: 1_000 }, (_, at) => at % 256))
  const form = new MultipartForm([
    { name: 'message', text: '<messageML>à la carte ☕</messageML>' },
    { name: 'attachment', filename: 'menu ☕.pdf', type: 'application/pdf', pieces: [bytes] },
    { name: 'attachment', filename: 'empty.txt', type: 'text/plain', pieces: [Buffer.alloc(0)] },
  ])
  const read = await parsed(form)
  expect([...read.keys()]).to.deep.equal(['message', 'attachment', 'attachment'])
  expect(read.get('message')).to.equal('<messageML>à la carte ☕</messageML>')
  const [menu, empty] = read.getAll('attachment') as File[]
  expect([menu?.name, menu?.type]).to.deep.equal(['menu ☕.pdf', 'application/pdf'])
  expect(Buffer.from(await (menu as File).arrayBuffer())).to.deep.equal(bytes)
  expect([empty?.name, empty?.size]).to.deep.equal(['empty.txt', 0])
})

test('lines of a text end in CRLF, and a name cannot end its header', async () => {
  const form = new MultipartForm([
    { name: 'text', text: 'one\ntwo\r\nthree\rfour' },
    { name: 'file', filename: 'a"b\r\nc.txt', type: 'text/plain', pieces: [Buffer.from('x')] },
  ])
  expect((await parsed(form)).get('text')).to.equal('one\r\ntwo\r\nthree\r\nfour')
  expect(form.toString()).to.contain('filename="a%22b%0D%0Ac.txt"\r\n')
})

test('its length is that of what is sent, and files are not copied', () => {
  const bytes = Buffer.from('héllo')
  const form = new MultipartForm([{ name: 'file', filename: 'h.txt', type: 'text/plain', pieces: [bytes] }])
  expect(form.length).to.equal(Buffer.byteLength(form.toString()))
  expect(form.pieces).to.include(bytes)
})
