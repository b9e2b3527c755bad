import { after, before, describe, test } from 'node:test'
import { expect } from 'chai'
import { startColony } from '../../sandbox/colony/server'
import type { RunningSandbox } from '../../sandbox/kit/sandbox'
import { SuiteCopy } from '../support/suite-copy'

const STEPS = `
import { When } from '@cucumber/cucumber'
When('what listens for Ada cannot be closed', function (this: any) {
  this.closeAfterScenario(() => { throw new Error('it would not close') })
})
`
const FEATURE = `Feature: Posts
  Scenario: A post
    When Ada posts "One red glove"
    And what listens for Ada cannot be closed
`

describe('something of a scenario that cannot be closed', () => {
  const suite = new SuiteCopy({ 'colony/posts.feature': FEATURE, 'colony/hooks.ts': STEPS })
  let colony: RunningSandbox
  before(async () => {
    colony = await startColony()
  })
  after(async () => {
    await colony.stop()
    suite.remove()
  })

  test('fails it, and strands nothing of what the scenario made', async () => {
    const { code, stdout } = await suite.run([], { ...colony.variables })
    const runId = /Acceptance run (\S+)/.exec(stdout)?.[1] ?? ''
    const { existing } = (await (await fetch(`${colony.control}/existing?runId=${runId}`)).json()) as { existing: unknown[] }
    expect(existing, stdout).to.deep.equal([])
    expect(code).to.equal(1)
    expect(stdout).to.contain('it would not close')
    expect(suite.journals()).to.deep.equal([])
  })
})
