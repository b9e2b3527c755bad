import { describe, test } from 'node:test'
import { expect } from 'chai'
import { ownWorkers } from '../../../support/run/workers'

const GB = 1024 ** 3
const machine = (cores: number, gigabytes = 8) => ({ cores, memory: gigabytes * GB })

describe('the workers of a run that does not say how many', () => {
  test('are two on two cores, and three on more, for the whole suite on sandboxes', () => {
    expect(ownWorkers([], {}, undefined, machine(2))).to.equal(2)
    expect(ownWorkers(['--profile', 'sandbox'], {}, 'sandbox', machine(8))).to.equal(3)
    expect(ownWorkers(['-p', 'sandbox', '--shard', '1/3', '--format=progress'], {}, 'sandbox', machine(8))).to.equal(3)
  })

  test('are none for a part of it, which is done before workers have started', () => {
    for (const argv of [['features/slack'], ['--tags', '@smoke'], ['--name', 'post'], ['--dry-run'], ['@rerun.txt']])
      expect(ownWorkers(argv, {}, 'sandbox', machine(8)), argv.join(' ')).to.equal(0)
  })

  test('are none where a service runs live', () => {
    expect(ownWorkers([], { COLONY_TEST_API_KEY: 'col_key' }, undefined, machine(8))).to.equal(0)
    expect(ownWorkers(['--profile', 'live'], {}, 'live', machine(8))).to.equal(0)
    expect(ownWorkers([], { COLONY_TEST_API_KEY: 'col_key' }, 'sandbox', machine(8))).to.equal(3)
  })

  test('are none on one core, or with little memory', () => {
    expect(ownWorkers([], {}, 'sandbox', machine(1))).to.equal(0)
    expect(ownWorkers([], {}, 'sandbox', machine(2, 0.5))).to.equal(0)
  })
})
