import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { expect } from 'chai'
import { transformFile } from '../postgres/records'

const folder = mkdtempSync(join(tmpdir(), 'records-'))
after(() => rmSync(folder, { recursive: true, force: true }))

test('a record is a line, whatever ends of lines its texts hold', async () => {
  const [from, to] = [join(folder, 'raw.json'), join(folder, 'transformed.json')]
  const records = ['one\u2028two', 'three\u2029four', 'five\r\nsix', 'a'.repeat(100_000)].map((remarks) => ({ remarks }))
  writeFileSync(from, records.map((record) => `${JSON.stringify(record)}\n`).join(''))
  expect(await transformFile(from, to, (record) => ({ ...record, seen: true }))).to.equal(records.length)
  const lines = readFileSync(to, 'utf8').trimEnd().split('\n')
  expect(lines.map((line) => JSON.parse(line))).to.deep.equal(records.map((record) => ({ ...record, seen: true })))
})
