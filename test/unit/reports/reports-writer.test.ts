import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { type Envelope, SourceMediaType } from '@cucumber/messages'
import { expect } from 'chai'
import { temporaryFolder } from '../../../sandbox/kit/test/temporary'
import { ReportsWriter } from '../../../support/reports/reports-writer'
import { MESSAGES } from '../../../support/reports/results'

const timestamp = { seconds: 0, nanos: 0 }
const started: Envelope = { testCaseStarted: { id: 'attempt', testCaseId: 'case', attempt: 0, timestamp } }
const sources = Array.from(
  { length: 5_000 },
  (_, at): Envelope => ({
    source: { uri: `${at}.feature`, data: 'x'.repeat(200), mediaType: SourceMediaType.TEXT_X_CUCUMBER_GHERKIN_PLAIN },
  }),
)

describe('messages of a run', () => {
  test('are written in order once a scenario waits, a few at a time, so that no response waits for them', async () => {
    const folder = temporaryFolder()
    const writer = new ReportsWriter(folder, {})
    writer.open()
    const written = (): string[] => readFileSync(join(folder, MESSAGES), 'utf8').split('\n').slice(0, -1)
    for (const source of sources) writer.see(source)
    await turn()
    expect(written()).to.deep.equal([])
    writer.see(started)
    const sizes = new Set<number>()
    for (let turns = 0; turns < 100_000 && written().length < 4_500; turns++) {
      await turn()
      sizes.add(written().length)
    }
    expect(sizes.size, 'parts in which they were written').to.be.greaterThan(3)
    await writer.finish(undefined, (value) => value)
    expect(written()).to.deep.equal([...sources, started].map((envelope) => JSON.stringify(envelope)))
  })

  test('are complete as soon as they are read', () => {
    const writer = new ReportsWriter(temporaryFolder(), {})
    writer.open()
    writer.see({ testRunStarted: { id: 'run', timestamp } })
    expect(writer.messages.id).to.equal('run')
  })
})
