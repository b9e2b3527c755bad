import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { expect } from 'chai'
import { temporaryFolder } from '../../../sandbox/kit/test/temporary'
import { Journal } from '../../../support/undo/journal'
import { durationOf } from '../../../tools/sweep/duration'
import { sweepJournal } from '../../../tools/sweep/journal'
import { journalsIn } from '../../../tools/sweep/journals'

const folder = temporaryFolder()
const DEAD = 2 ** 22 + 1

function journalOf(runId: string, pid: number, kind: 'live' | 'sandbox', address = 'http://127.0.0.1:1'): Journal {
  const journal = new Journal(join(folder, `${runId}.ndjson`), () => false)
  journal.begin({ run: runId, pid, at: Date.now(), targets: { colony: { kind, address } } })
  const entry = journal.intend({
    service: 'colony',
    kind: 'post',
    name: `A post ${runId}-1`,
    by: 'Ada',
    ends: 'removed',
    data: {},
  })
  journal.created(entry, 'b7d0d1de-0000-4000-8000-000000000000')
  journal.close()
  return journal
}

describe('sweep', () => {
  test('runs whose process is running, and recent runs, are skipped', () => {
    journalOf('1700000000-aaaaaa', process.pid, 'live')
    const dead = journalOf('1700000001-bbbbbb', DEAD, 'live')
    expect(journalsIn(0, folder)).to.deep.equal([dead.path])
    expect(journalsIn(60_000, folder)).to.deep.equal([])
  })

  test('the content of an embedded sandbox has ended with it', async () => {
    const { path } = journalOf('1700000002-cccccc', DEAD, 'sandbox')
    const said: string[] = []
    expect(await sweepJournal(path, { dryRun: false, environment: {}, say: (text) => said.push(text) })).to.equal(0)
    expect(said.join()).to.match(/gone: its sandbox ended with the run/)
    expect(existsSync(path)).to.equal(false)
  })

  test('without the credentials, or at another address, it reports what to set and keeps the journal', async () => {
    const { path } = journalOf('1700000003-dddddd', DEAD, 'live')
    const said: string[] = []
    const say = (text: string) => said.push(text)
    expect(await sweepJournal(path, { dryRun: false, environment: {}, say })).to.equal(1)
    expect(said.pop()).to.match(/set COLONY_TEST_API_KEY$/)
    expect(await sweepJournal(path, { dryRun: false, environment: { COLONY_TEST_API_KEY: 'k' }, say })).to.equal(1)
    expect(said.pop()).to.match(/it was created at http:\/\/127\.0\.0\.1:1: set COLONY_BASE_URL to this address$/)
    expect(existsSync(path)).to.equal(true)
  })

  test('an address given as a bare host is the one the run wrote down', async () => {
    const journal = new Journal(join(folder, '1700000005-ffffff.ndjson'), () => false)
    const pod = 'https://pod.example.com'
    journal.begin({ run: '1700000005-ffffff', pid: DEAD, at: Date.now(), targets: { symphony: { kind: 'live', address: pod } } })
    const message = { service: 'symphony', kind: 'message', name: 'A message', by: 'Ada', ends: 'hidden', data: {} } as const
    journal.created(journal.intend(message), 'abc')
    journal.close()
    const environment = {
      SYMPHONY_HOST: 'pod.example.com',
      SYMPHONY_BOT_USERNAME: 'bot',
      SYMPHONY_BOT_PRIVATE_KEY_PATH: 'key.pem',
      SYMPHONY_TEST_ROOM_NAME: 'room',
      SYMPHONY_TEST_USER_NAME: 'ben',
    }
    const said: string[] = []
    await sweepJournal(journal.path, { dryRun: true, environment, say: (text) => said.push(text) })
    expect(said.join()).to.match(/would be hidden$/)
  })

  test('a dry run changes nothing', async () => {
    const { path } = journalOf('1700000004-eeeeee', DEAD, 'live')
    const environment = { COLONY_TEST_API_KEY: 'k', COLONY_BASE_URL: 'http://127.0.0.1:1' }
    const said: string[] = []
    expect(await sweepJournal(path, { dryRun: true, environment, say: (text) => said.push(text) })).to.equal(1)
    expect(said.join()).to.match(/would be removed/)
    expect(existsSync(path)).to.equal(true)
  })

  test('a creation that could not be looked for is not said to have never been made', async () => {
    const runId = '1700000006-abcdef'
    const path = join(folder, `${runId}.ndjson`)
    const address = 'http://127.0.0.1:1'
    const name = `https://test.clny.cc/hook-${runId}-1`
    const intent = {
      key: '0-1',
      at: Date.now() - 3_600_000,
      service: 'colony',
      kind: 'webhook',
      name,
      by: 'Ada',
      ends: 'removed',
      data: {},
    }
    const begin = { run: runId, pid: DEAD, at: intent.at, targets: { colony: { kind: 'live', address } } }
    writeFileSync(path, [begin, { intent }].map((line) => `${JSON.stringify(line)}\n`).join(''))
    const said: string[] = []
    const environment = { COLONY_TEST_API_KEY: 'k', COLONY_BASE_URL: address }
    expect(await sweepJournal(path, { dryRun: false, environment, say: (text) => said.push(text) })).to.equal(1)
    expect(said.join())
      .to.match(/got no response/)
      .and.to.not.match(/never made/)
    expect(existsSync(path)).to.equal(true)
  })

  test('durations are a number and a unit', () => {
    expect([durationOf('90s'), durationOf('15m'), durationOf('1h'), durationOf('2d')]).to.deep.equal([
      90_000, 900_000, 3_600_000, 172_800_000,
    ])
    expect(() => durationOf('an hour')).to.throw(/such as 1h/)
  })
})
