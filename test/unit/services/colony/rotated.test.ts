import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { expect } from 'chai'
import { temporaryFolder } from '../../../../sandbox/kit/test/temporary'
import { keep, makeReadyFor, reminder } from '../../../../support/services/colony/rotated'

const folder = temporaryFolder()

describe('a key that a rotation brought', () => {
  test('is kept for its owner alone, after those that came before', () => {
    const file = join(folder, 'rotated')
    writeFileSync(file, 'COLONY_TEST_API_KEY=col_first\n')
    chmodSync(file, 0o644)
    makeReadyFor(file)
    keep('col_second', file)
    const lines = readFileSync(file, 'utf8').split('\n')
    expect(lines.filter((line) => line.startsWith('COLONY_TEST_API_KEY='))).to.deep.equal([
      'COLONY_TEST_API_KEY=col_first',
      'COLONY_TEST_API_KEY=col_second',
    ])
    expect(statSync(file).mode & 0o777).to.equal(0o600)
  })

  test('is mentioned, and never shown, until it is the one in use', () => {
    const file = join(folder, 'mentioned')
    expect(reminder('col_old', file)).to.deep.equal([])
    keep('col_new', file)
    expect(reminder('col_new', file)).to.deep.equal([])
    const [says = ''] = reminder('col_old', file)
    expect(says).to.contain('a new COLONY_TEST_API_KEY is in').and.to.not.contain('col_new')
  })

  test('where it cannot be stored, the key is not rotated', () => {
    const file = join(folder, 'taken')
    mkdirSync(file)
    expect(() => makeReadyFor(file)).to.throw(/cannot be written .* so the key is not rotated/)
    expect(() => keep('col_new', file))
      .to.throw(/so the new key is lost, and the old one is dead/)
      .with.property('message')
      .that.does.not.contain('col_new')
  })

  test('room for it is made before it comes', () => {
    const file = join(folder, 'roomy')
    makeReadyFor(file)
    expect(statSync(file).size).to.be.greaterThan(40)
    expect(reminder('col_old', file)).to.deep.equal([])
  })
})
