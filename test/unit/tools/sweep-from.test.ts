import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { expect } from 'chai'
import { temporaryFolder } from '../../../sandbox/kit/test/temporary'
import { JournalCopy } from '../../../support/undo/journal-copy'
import { claimed } from '../../../tools/sweep/claim'
import { journalsBelow } from '../../../tools/sweep/journals'

function journal(path: string, runId: string, { host = 'elsewhere', pid = process.pid, lines = 0 } = {}): string {
  mkdirSync(join(path, '..'), { recursive: true })
  const begin = { run: runId, pid, host, at: Date.now(), targets: {} }
  const more = Array.from({ length: lines }, (_, at) => ({ ended: `${at}`, how: 'removed' }))
  writeFileSync(path, [begin, ...more].map((line) => `${JSON.stringify(line)}\n`).join(''))
  return path
}

describe('journals of other machines', () => {
  test('are found beside reports and in copies of .acceptance, each run once, the longest copy first', () => {
    const folder = temporaryFolder()
    const short = journal(join(folder, 'a', '1700000000-aaaaaa', 'journal.ndjson'), '1700000000-aaaaaa')
    const long = journal(join(folder, 'a', '.acceptance', 'journal', '1700000000-aaaaaa.ndjson'), '1700000000-aaaaaa', {
      lines: 3,
    })
    const other = journal(join(folder, 'b', 'journal.ndjson'), '1700000001-bbbbbb')
    writeFileSync(join(folder, 'b', 'messages.ndjson'), '{"meta":{}}\n')
    writeFileSync(join(folder, 'b', 'anything.ndjson'), '{"foreign":true}\n')
    expect(journalsBelow(folder, 0)).to.deep.equal([[long, short], [other]])
  })

  test('count as dead whatever their process id means here; those of this machine do not', () => {
    const folder = temporaryFolder()
    journal(join(folder, 'journal.ndjson'), '1700000000-aaaaaa', { host: hostname() })
    expect(journalsBelow(folder, 0)).to.deep.equal([])
  })
})

describe('two sweeps of one journal', () => {
  test('work one after the other', async () => {
    const path = journal(join(temporaryFolder(), 'journal.ndjson'), '1700000000-aaaaaa')
    let atWork = 0
    let most = 0
    const sweep = () =>
      claimed(path, async () => {
        most = Math.max(most, ++atWork)
        await new Promise((resolve) => setImmediate(resolve))
        atWork--
      })
    await Promise.all([sweep(), sweep(), sweep()])
    expect(most).to.equal(1)
    expect(readdirSync(join(path, '..'))).to.deep.equal(['journal.ndjson'])
  })
})

describe('the journal beside the reports', () => {
  test('has every line at once, and goes with the journal', () => {
    const folder = temporaryFolder()
    const path = journal(join(folder, 'a.ndjson'), '1700000000-aaaaaa')
    const copy = new JournalCopy(join(folder, 'reports', 'run', 'journal.ndjson'))
    copy.follow(path)
    journal(path, '1700000000-aaaaaa', { lines: 2 })
    expect(journalsBelow(folder, 0)).to.deep.equal([[path, join(folder, 'reports', 'run', 'journal.ndjson')]])
    copy.complete(path)
    copy.remove()
    expect(existsSync(join(folder, 'reports', 'run', 'journal.ndjson'))).to.equal(false)
    expect(existsSync(path)).to.equal(true)
  })
})
