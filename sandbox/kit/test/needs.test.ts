import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { expect } from 'chai'
import { needs, pathOf } from './needs'
import { temporaryFolder } from './temporary'

test('a test that needs a missing program is skipped, naming the package; on a build machine it fails', () => {
  const PATH = temporaryFolder()
  expect(needs('chromium', { PATH }).skip).to.equal('chromium is not on this machine: apt-get install chromium-headless-shell')
  expect(() => needs('chromium', { PATH, ACCEPTANCE_CI: '1' })).to.throw('chromium is not on this machine')
  const program = join(PATH, 'chromium')
  writeFileSync(program, '')
  expect(needs('chromium', { PATH }).skip).to.be.a('string')
  chmodSync(program, 0o755)
  expect(needs('chromium', { PATH, ACCEPTANCE_CI: '1' })).to.deep.equal({ skip: false })
  expect(pathOf('chromium', { PATH })).to.equal(program)
})
