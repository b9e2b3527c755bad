import { describe, it } from 'node:test'
import { expect } from 'chai'
import { withFindings } from '../../../tools/bench/history'

describe('docs/bench.md', () => {
  it('begins a section with the head of its table', () => {
    expect(withFindings('# Bench\n', 'core', '| b |', '| a |\n| --- |')).to.equal(
      '# Bench\n\n## core\n\n<!-- core -->\n\n| a |\n| --- |\n| b |\n\n<!-- /core -->\n',
    )
  })

  it('adds a row to the table that is there', () => {
    const once = withFindings('# Bench\n', 'core', '| b |', '| a |\n| --- |')
    expect(withFindings(once, 'core', '| c |', '| a |\n| --- |')).to.contain('| a |\n| --- |\n| b |\n| c |\n')
  })

  it('replaces text, and leaves the other sections as they are', () => {
    const both = withFindings(withFindings('# Bench\n', 'core', '| b |', '| a |'), 'cocalc', 'slow')
    const again = withFindings(both, 'cocalc', 'quick')
    expect(again).to.contain('quick').and.to.contain('| b |')
    expect(again).to.not.contain('slow')
  })
})
