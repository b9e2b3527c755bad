import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { expect } from 'chai'
import { temporaryFolder } from '../../../sandbox/kit/test/temporary'
import { loadEnvFile } from '../../../support/config/env-file'
import { UsageError } from '../../../support/config/errors'

const folder = temporaryFolder()
let files = 0

function fileOf(content: string | Buffer): string {
  const path = join(folder, `${++files}.env`)
  writeFileSync(path, content)
  return path
}

const loaded = (content: string | Buffer): NodeJS.ProcessEnv => {
  const environment: NodeJS.ProcessEnv = {}
  loadEnvFile(environment, fileOf(content))
  return environment
}

describe('.env', () => {
  const text = 'ACCEPTANCE_TARGET=live\n'
  const utf16be = Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()
  for (const [how, content] of [
    ['UTF-8', text],
    ['UTF-8 with a byte order mark', `\uFEFF${text}`],
    ['UTF-16, little-endian', Buffer.from(`\uFEFF${text}`, 'utf16le')],
    ['UTF-16, big-endian', utf16be],
    ['line ends of Windows', 'ACCEPTANCE_TARGET=live\r\nX=1\r\n'],
  ] as const) {
    test(`is read as ${how}`, () => {
      expect(loaded(content)).to.include({ ACCEPTANCE_TARGET: 'live' })
    })
  }

  test('never overwrites the environment', () => {
    const environment: NodeJS.ProcessEnv = { ACCEPTANCE_TARGET: 'sandbox' }
    loadEnvFile(environment, fileOf(text))
    expect(environment.ACCEPTANCE_TARGET).to.equal('sandbox')
  })

  test('may be missing', () => {
    loadEnvFile({}, join(folder, 'none'))
  })

  test('values over several lines are whole', () => {
    expect(loaded('KEY="one\ntwo"\nX=1')).to.deep.equal({ KEY: 'one\ntwo', X: '1' })
  })

  for (const [what, content, says] of [
    ['a quote that is never closed', 'A=1\nKEY="one\nX=1\n', /line 2: the quote " that opens the value of KEY is never closed/],
    ['bytes that are no text', Buffer.from([0x41, 0x3d, 0xff, 0x0a]), /no text in UTF-8 or UTF-16/],
    ['UTF-16 without a byte order mark', Buffer.from(text, 'utf16le'), /no text in UTF-8 or UTF-16/],
  ] as const) {
    test(`stops the run for ${what}`, () => {
      expect(() => loaded(content)).to.throw(UsageError, says)
    })
  }

  test('stops the run for a folder', () => {
    mkdirSync(join(folder, 'folder.env'))
    expect(() => loadEnvFile({}, join(folder, 'folder.env'))).to.throw(UsageError, /folder\.env is a folder/)
  })

  test('stops the run where it cannot be read', { skip: process.getuid?.() === 0 && 'root reads everything' }, () => {
    const path = fileOf(text)
    chmodSync(path, 0)
    expect(() => loadEnvFile({}, path)).to.throw(UsageError, /cannot be read by this user/)
  })
})
