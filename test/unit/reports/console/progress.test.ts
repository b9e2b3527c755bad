import { describe, test } from 'node:test'
import type { Envelope } from '@cucumber/messages'
import { expect } from 'chai'
import { type ProgressView, progressBar, progressLines } from '../../../../support/reports/console/progress'
import { plainScreen } from '../support/sample'

/** Messages of a run in which every third scenario fails. */
function messages(scenarios: number): Envelope[] {
  const ids = Array.from({ length: scenarios }, (_, at) => `${at}`)
  const timestamp = { seconds: 0, nanos: 0 }
  const duration = timestamp
  return [
    ...ids.map((id) => ({
      pickle: {
        id,
        uri: 'features/colony/posts.feature',
        name: `Scenario ${id}`,
        language: 'en',
        steps: [],
        tags: [],
        astNodeIds: [],
      },
    })),
    { testRunStarted: { timestamp } },
    ...ids.map((id) => ({ testCase: { id: `case ${id}`, pickleId: id, testSteps: [] } })),
    ...ids.flatMap((id): Envelope[] => {
      const status = (Number(id) % 3 === 0 ? 'FAILED' : 'PASSED') as never
      return [
        { testCaseStarted: { id: `run ${id}`, testCaseId: `case ${id}`, attempt: 0, timestamp } },
        {
          testStepFinished: { testCaseStartedId: `run ${id}`, testStepId: 'x', testStepResult: { status, duration }, timestamp },
        },
        { testCaseFinished: { testCaseStartedId: `run ${id}`, timestamp, willBeRetried: false } },
      ]
    }),
  ]
}

function play(make: (write: (text: string) => unknown) => ProgressView, scenarios: number): string {
  const parts: string[] = []
  const view = make((part) => parts.push(part))
  for (const envelope of messages(scenarios)) view.update(envelope)
  view.close()
  return parts.join('')
}

const options = { screen: plainScreen(80), featureOf: () => 'Writing posts' }

describe('progress', () => {
  test('in a file is a line for each tenth, and one for each failure', () => {
    const lines = play((write) => progressLines({ write, ...options }), 40)
      .trimEnd()
      .split('\n')
    expect(lines.filter((line) => line.includes(' %'))).to.have.length(10)
    expect(lines.filter((line) => line.includes('✗'))).to.have.length(14)
    expect(lines.at(-1)).to.match(/^ {2}100 % {2}40 of 40 {2}14 failed +\d+ ms {2}colony: Writing posts$/)
    for (const line of lines) expect(line.length).to.be.at.most(80)
  })

  test('of few scenarios has no more lines than scenarios', () => {
    const lines = play((write) => progressLines({ write, ...options }), 2)
      .trimEnd()
      .split('\n')
    expect(lines.filter((line) => line.includes(' %'))).to.have.length(2)
  })

  test('at a terminal is one line, cleared at the end; failures stay above it', () => {
    const text = play((write) => progressBar({ write, ...options }, []), 40)
    const drawn = text.split('\r\u001b[2K')
    expect(drawn.at(-1)).to.equal('')
    expect(drawn.at(-2)?.split('\n').at(-1)).to.match(/^█+░* \d+ of 40 · \d+ failed · \d+ ms · colony: Writing posts$/)
    expect(text).to.contain('  ✗ colony: Scenario 0\n')
  })

  test('output of others at a terminal appears above the bar', () => {
    const parts: string[] = []
    const stream = { write: (part: string) => parts.push(part) > 0 } as unknown as NodeJS.WriteStream
    const direct = stream.write
    const view = progressBar({ write: (part) => parts.push(part), ...options }, [stream])
    for (const envelope of messages(3)) view.update(envelope)
    stream.write('a word\n')
    expect(parts.slice(-2)).to.deep.equal(['\r\u001b[2K', 'a word\n'])
    view.close()
    expect(stream.write).to.equal(direct)
  })
})
