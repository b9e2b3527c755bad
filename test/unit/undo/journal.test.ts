import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { expect } from 'chai'
import { temporaryFolder } from '../../../sandbox/kit/test/temporary'
import { Journal } from '../../../support/undo/journal'
import { readJournal } from '../../../support/undo/journal-reader'

const folder = temporaryFolder()
const POST = { service: 'colony', kind: 'post', name: 'A post', by: 'Ada', ends: 'removed', data: {} } as const

function journal(name: string): Journal {
  return new Journal(join(folder, `${name}.ndjson`), () => false)
}

describe('a journal whose disk was full or whose power failed', () => {
  test('the entry after a line that was cut short is on a new line', () => {
    const first = journal('cut')
    const entry = first.intend(POST)
    first.close()
    const cut = `{"created":"${entry.key}","i`
    appendFileSync(first.path, cut)
    const second = journal('cut')
    second.created(entry, 'p1')
    second.close()
    expect(readFileSync(second.path, 'utf8').endsWith(`${cut}\n{"created":"${entry.key}","id":"p1"}\n`)).to.equal(true)
    expect(readJournal(second.path).open).to.have.length(1)
    expect(readJournal(second.path).open[0]?.id).to.equal('p1')
  })

  test('a sweep that continues it does not reuse the key of another entry', () => {
    const dead = journal('continued')
    dead.created(dead.intend(POST), 'p1')
    dead.close()
    const sweep = journal('continued')
    sweep.ended(sweep.intend({ ...POST, name: 'Made by the sweep' }), 'removed')
    sweep.close()
    expect(readJournal(sweep.path).open.map(({ id }) => id)).to.deep.equal(['p1'])
  })

  test('an incomplete line is skipped wherever it is, because its call was not sent', () => {
    const whole = journal('broken')
    whole.begin({ run: '1700000000-abcdef', pid: 1, at: 1, targets: {} })
    whole.intend(POST)
    whole.close()
    const [run, intent] = readFileSync(whole.path, 'utf8').split('\n')
    writeFileSync(whole.path, `${run}\n{"intent":{"key":"0-9","serv\nnull\n${intent}\n{"stuck"`)
    const { runId, open } = readJournal(whole.path)
    expect([runId, open.map(({ name }) => name)]).to.deep.equal(['1700000000-abcdef', ['A post']])
  })
})
