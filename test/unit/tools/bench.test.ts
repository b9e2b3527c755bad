import { describe, it } from 'node:test'
import { expect } from 'chai'
import { bareCucumber, bareLoop, measure, suite } from '../../../tools/bench/core/contestants'
import { historyLine } from '../../../tools/bench/core/table'
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

describe('a line of the history', () => {
  it('reports a cold start as the difference in seconds to the bare runner, the rest as ratios', () => {
    const line = (wall: number): string => {
      const usages = {
        loop: { wall: 1, cpu: 1, memory: 50 },
        bare: { wall: 2, cpu: 1, memory: 100 },
        suite: { wall, cpu: 1, memory: 90 },
      }
      const names = { loop: 'loop', bare: 'bare', suite: 'suite' }
      return historyLine(
        [1, 1000].map((scenarios) => ({ scenarios, usages: new Map(Object.entries(usages)) })),
        names,
      )
    }
    expect(line(2.25)).to.match(/\| \+0\.25 s \| ×0\.90 \| ×1\.13 \(×2\.25\) \| ×0\.90 \|$/)
    expect(line(1.75)).to.match(/\| −0\.25 s \|/)
  })
})

describe('comparisons of the bench', () => {
  for (const contestant of [bareLoop, bareCucumber(), suite(), suite(2)])
    it(`${contestant.name} makes exactly the calls of its scenarios`, async () => {
      expect((await measure(contestant, 2)).wall).to.be.greaterThan(0)
    })
})
