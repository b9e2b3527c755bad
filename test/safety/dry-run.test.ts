import { after, describe, it } from 'node:test'
import { expect } from 'chai'
import { SuiteCopy } from '../support/suite-copy'

const KNOWN = `Feature: Posts
  Scenario: A post
    When Ada publishes the post "One red glove"
`
const UNKNOWN = `Feature: Posts
  Scenario: A post
    When Ada sings "One red glove"
`

describe('a dry run', () => {
  const suite = new SuiteCopy({ 'colony/known.feature': KNOWN, 'colony/unknown.feature': UNKNOWN })
  after(() => suite.remove())

  it('starts nothing and passes where every step is known', async () => {
    const { code, stdout } = await suite.run(['--dry-run', 'features/colony/known.feature'], {})
    expect(code, stdout).to.equal(0)
    expect(stdout).to.match(/1 scenario \(1 skipped\)/)
    expect(stdout).to.not.include('127.0.0.1')
  })

  it('fails where a step is not', async () => {
    const { code, stdout } = await suite.run(['--dry-run', 'features/colony/unknown.feature'], {})
    expect(code, stdout).to.equal(1)
    expect(stdout).to.include('Ada sings')
  })
})
