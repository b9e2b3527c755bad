import { describe, test } from 'node:test'
import { expect } from 'chai'
import fc from 'fast-check'
import { type Divisible, divide, shardOf } from '../../../support/run/shard'

const SERVICES = ['colony', 'slack', 'orbital']

/** Random suites: few or many scenarios, some never run, some that must stay together. */
const suites = fc.uniqueArray(
  fc.record({
    key: fc.string({ minLength: 1 }),
    service: fc.constantFrom(...SERVICES),
    seconds: fc.option(fc.double({ min: 0, max: 60, noNaN: true }), { nil: undefined }),
    group: fc.option(fc.constantFrom('@serial:colony', '@serial:slack'), { nil: undefined, freq: 4 }),
  }),
  { selector: ({ key }) => key, maxLength: 200 },
)

const keysOf = (suite: readonly Divisible[], total: number, index: number): string[] => {
  const { shards } = divide(suite, total)
  return suite.flatMap(({ key }) => (shards.get(key) === index ? [key] : []))
}

describe('the division of a suite among shards', () => {
  for (const total of [1, 3, 8]) {
    test(`gives every scenario to exactly one of ${total}`, () => {
      fc.assert(
        fc.property(suites, (suite) => {
          const all = Array.from({ length: total }, (_, at) => keysOf(suite, total, at + 1)).flat()
          expect(all.toSorted()).to.deep.equal(suite.map(({ key }) => key).toSorted())
        }),
      )
    })
  }

  test('does not depend on the order in which scenarios are found', () => {
    fc.assert(
      fc.property(
        suites.chain((suite) => fc.tuple(fc.constant(suite), fc.shuffledSubarray(suite, { minLength: suite.length }))),
        fc.integer({ min: 1, max: 8 }),
        ([suite, shuffled], total) => {
          const [one, other] = [divide(suite, total), divide(shuffled, total)]
          expect(other.fingerprint).to.equal(one.fingerprint)
          for (const { key } of suite) expect(other.shards.get(key)).to.equal(one.shards.get(key))
        },
      ),
    )
  })

  test('keeps a group on one shard', () => {
    fc.assert(
      fc.property(suites, fc.integer({ min: 1, max: 8 }), (suite, total) => {
        const { shards } = divide(suite, total)
        for (const own of Map.groupBy(
          suite.filter(({ group }) => group),
          ({ group }) => group,
        ).values())
          expect(new Set(own.map(({ key }) => shards.get(key))).size).to.equal(1)
      }),
    )
  })

  test('leaves no two shards further apart than their longest part', () => {
    fc.assert(
      fc.property(suites, fc.integer({ min: 1, max: 8 }), (suite, total) => {
        const alone = suite.map((scenario) => ({ ...scenario, seconds: scenario.seconds ?? 1, group: undefined }))
        const { seconds } = divide(alone, total)
        const longest = Math.max(0.002, ...alone.map((one) => one.seconds))
        expect(Math.max(...seconds) - Math.min(...seconds)).to.be.at.most(longest + 1e-6)
      }),
    )
  })

  test('expects of a scenario that never ran what others of its service take', () => {
    const scenario = (key: string, service: string, seconds?: number): Divisible => ({ key, service, seconds, group: undefined })
    const known = [scenario('a', 'slack', 4), scenario('b', 'slack', 4), scenario('c', 'colony', 1)]
    expect(divide([...known, scenario('d', 'slack')], 1).seconds).to.deep.equal([13])
    expect(divide([...known, scenario('d', 'orbital')], 1).seconds).to.deep.equal([13])
    expect(divide([scenario('d', 'orbital')], 1).seconds).to.deep.equal([0.1])
  })
})

describe('the number of a shard', () => {
  const from = (environment: Record<string, string>, option = '') => shardOf(option, environment)

  test('is that of --shard, before any variable', () => {
    expect(from({}, '2/3')).to.deep.equal({ index: 2, total: 3 })
    expect(from({ CI_NODE_INDEX: '1', CI_NODE_TOTAL: '2' }, '2/3')).to.deep.equal({ index: 2, total: 3 })
    for (const option of ['0/3', '4/3', '1/0']) expect(() => from({}, option)).to.throw(/names no shard/)
  })

  test('is that of the build machine', () => {
    expect(from({ CI_NODE_INDEX: '2', CI_NODE_TOTAL: '3' })).to.deep.equal({ index: 2, total: 3 })
    expect(from({ JOB_COMPLETION_INDEX: '0', CI_NODE_TOTAL: '3' })).to.deep.equal({ index: 1, total: 3 })
    expect(from({ BUILDKITE_PARALLEL_JOB: '2', BUILDKITE_PARALLEL_JOB_COUNT: '3' })).to.deep.equal({ index: 3, total: 3 })
  })

  test('is absent where a job is not divided', () => {
    expect(from({})).to.equal(undefined)
    expect(from({ CI_NODE_TOTAL: '1' }), 'GitLab sets it always').to.equal(undefined)
  })

  test('is refused where it cannot be meant', () => {
    expect(() => from({ JOB_COMPLETION_INDEX: '0' })).to.throw('set CI_NODE_TOTAL to the number of shards')
    expect(() => from({ CI_NODE_INDEX: '0', CI_NODE_TOTAL: '3' })).to.throw('a number from 1 to 3')
    expect(() => from({ JOB_COMPLETION_INDEX: '3', CI_NODE_TOTAL: '3' })).to.throw('a number from 0 to 2')
    expect(() => from({ CI_NODE_INDEX: 'two', CI_NODE_TOTAL: '3' })).to.throw('a number from 1 to 3')
  })
})
