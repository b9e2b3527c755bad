import { once } from 'node:events'
import { after, before, describe, test } from 'node:test'
import { expect } from 'chai'
import { startColony } from '../../sandbox/colony/server'
import type { RunningSandbox } from '../../sandbox/kit/sandbox'
import { readJournal } from '../../support/undo/journal-reader'
import { filesBelow, ROOT, type Running, said } from '../support/runner'
import { SuiteCopy } from '../support/suite-copy'

const FEATURE = 'colony/posts.feature'

describe('a run whose output is read by nothing any more', () => {
  const suites: SuiteCopy[] = []
  let sandbox: RunningSandbox

  before(async () => {
    sandbox = await startColony()
  })
  after(async () => {
    await sandbox.stop()
    for (const suite of suites) suite.remove()
  })

  function start(): { suite: SuiteCopy; running: Running } {
    const suite = new SuiteCopy({ [FEATURE]: filesBelow(`${ROOT}/features/colony`)['posts.feature'] ?? '' })
    suites.push(suite)
    return { suite, running: suite.start([], sandbox.variables) }
  }

  for (const streams of [['stdout'], ['stderr'], ['stdout', 'stderr']] as const) {
    test(`ends as it would have, and undoes what it made: ${streams.join(' and ')}`, async () => {
      const { suite, running } = start()
      const { child, ended } = running
      // What was read of a stream that is closed is not awaited.
      ended.catch(() => undefined)
      await said(running, 'Acceptance run')
      for (const stream of streams) child[stream]?.destroy()
      const [code] = await once(child, 'exit')
      expect(code).to.equal(0)
      const open = suite.journals().flatMap((path) => readJournal(path).open)
      expect(open).to.deep.equal([])
      expect(Object.keys(suite.reports())).to.include.members(['index.html', 'junit.xml', 'results.json'])
    })
  }
})
