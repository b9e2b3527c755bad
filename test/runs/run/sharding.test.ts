import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { expect } from 'chai'
import fc from 'fast-check'
import { messagesIn } from '../../../support/reports/messages-file'
import { SuiteCopy } from '../../support/suite-copy'

/** A feature of random scenarios, outlines and rules, each title once; some scenarios are tagged. */
const features = fc.array(
  fc.array(fc.record({ examples: fc.integer({ min: 0, max: 4 }), isTagged: fc.boolean(), hasRule: fc.boolean() }), {
    minLength: 1,
    maxLength: 6,
  }),
  { minLength: 2, maxLength: 5 },
)

function render(scenarios: { examples: number; isTagged: boolean; hasRule: boolean }[], file: number): string {
  const parts = scenarios
    .toSorted((one, other) => Number(one.hasRule) - Number(other.hasRule))
    .map(({ examples, isTagged, hasRule }, at) => {
      const rule = hasRule ? `  Rule: Number ${at}\n` : ''
      const tag = isTagged ? '    @smoke\n' : ''
      if (examples === 0) return `${rule}${tag}    Scenario: Alone ${file}-${at}\n      Given anything\n`
      const rows = Array.from({ length: examples }, (_, row) => `        | ${row} |\n`).join('')
      return `${rule}${tag}    Scenario Outline: Many ${file}-${at}\n      Given anything like <it>\n      Examples:\n        | it |\n${rows}`
    })
  return `Feature: Random ${file}\n${parts.join('\n')}`
}

describe('shards of Cucumber itself', () => {
  const [suite = []] = fc.sample(features, { numRuns: 1, seed: 20 })
  const copy = new SuiteCopy(
    Object.fromEntries(suite.map((scenarios, file) => [`colony/random-${file}.feature`, render(scenarios, file)])),
  )
  after(() => copy.remove())

  /** The scenarios that a dry run chooses, by feature, line and title. */
  async function chosen(args: string[], environment: Record<string, string> = {}): Promise<string[]> {
    const reports = join(copy.folder, 'reports')
    rmSync(reports, { recursive: true, force: true })
    const { stderr } = await copy.run(['--dry-run', ...args], environment)
    const [run] = filesIn(reports).filter((name) => /^\d{10}-/.test(name))
    if (!run) throw new Error(`the run has no report: ${stderr}`)
    const messages = messagesIn(join(reports, run, 'messages.ndjson'))
    const pickles = new Map(messages.flatMap(({ pickle }) => (pickle ? [[pickle.id, pickle] as const] : [])))
    return messages.flatMap(({ testCase }) => {
      const pickle = testCase && pickles.get(testCase.pickleId)
      return pickle ? [`${pickle.uri}:${pickle.location?.line} ${pickle.name}`] : []
    })
  }

  test('have every scenario of a random suite exactly once', async () => {
    const whole = await chosen([])
    expect(whole.length).to.be.greaterThan(10)
    const shards: string[] = []
    for (const shard of ['1/3', '2/3', '3/3']) shards.push(...(await chosen(['--shard', shard])))
    expect(shards.toSorted()).to.deep.equal(whole.toSorted())
  })

  test('divide what tags choose, by option or by variable alike', async () => {
    const whole = await chosen(['--tags', '@smoke'])
    const first = await chosen(['--tags', '@smoke', '--shard', '1/2'])
    const second = await chosen(['--tags', '@smoke'], { JOB_COMPLETION_INDEX: '1', CI_NODE_TOTAL: '2' })
    expect([...first, ...second].toSorted()).to.deep.equal(whole.toSorted())
    expect(first.length).to.be.greaterThan(0)
  })

  test('a list of what failed is not divided by the variables of the machine', async () => {
    writeFileSync(join(copy.folder, '@failed.txt'), 'features/colony/random-0.feature\n')
    const whole = await chosen(['@failed.txt'])
    expect(await chosen(['@failed.txt'], { CI_NODE_INDEX: '1', CI_NODE_TOTAL: '2' })).to.deep.equal(whole)
  })
})

function filesIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder) : []
}
