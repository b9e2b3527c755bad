import { cpSync, existsSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { expect } from 'chai'
import { temporaryFolder } from '../../../sandbox/kit/test/temporary'
import { scaffold } from '../../../tools/new/scaffold'
import { ROOT, startCucumber } from '../../support/runner'

const folder = temporaryFolder()
for (const part of [
  'cucumber.cjs',
  'package.json',
  'tsconfig.json',
  'sandbox',
  'steps',
  'support',
  'tools',
  'docs/catalogue.json',
])
  cpSync(join(ROOT, part), join(folder, part), { recursive: true })
symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'))

describe('npm run new', () => {
  const before = readFileSync(join(folder, 'support/services.ts'), 'utf8')

  for (const [what, name, says] of [
    ['a name that is none', 'Notice board', 'cannot be the name of a service'],
    ['a name that is taken', 'colony', 'already exists: nothing was written'],
  ] as const)
    test(`${what} changes nothing`, () => {
      expect(() => scaffold(folder, { name, title: 'x' })).to.throw(says)
      expect(readFileSync(join(folder, 'support/services.ts'), 'utf8')).to.equal(before)
      expect(existsSync(join(folder, 'features'))).to.equal(false)
    })

  test('a title that would break the generated code changes nothing', () => {
    expect(() => scaffold(folder, { name: 'noticeboard', title: "Ada's board" })).to.throw('is no title')
    expect(existsSync(join(folder, 'features'))).to.equal(false)
  })

  test('writes a service that runs', async () => {
    const paths = scaffold(folder, { name: 'noticeboard', title: 'The Noticeboard' })
    expect(paths).to.include.members(['support/services.ts', 'sandbox/sandboxes.ts', 'features/noticeboard/things.feature'])
    const rows = JSON.parse(readFileSync(join(folder, 'docs/catalogue.json'), 'utf8')).noticeboard
    expect(Object.keys(rows)).to.deep.equal(['NOT-001', 'NOT-002', 'NOT-003', 'NOT-004'])
    const { code, stdout, stderr } = await startCucumber(folder, ['features/noticeboard']).ended
    expect(stdout, stderr).to.match(/^2 scenarios \(2 passed\)$/m)
    expect(code).to.equal(0)
  })
})
