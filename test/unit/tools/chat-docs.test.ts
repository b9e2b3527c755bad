import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, test } from 'node:test'
import { expect } from 'chai'
import { writeChat } from '../../../tools/docs/chat'

describe('the table of chat platforms', () => {
  let folder: string

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'chat-'))
    mkdirSync(join(folder, 'docs'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  function feature(text: string): void {
    mkdirSync(join(folder, 'features/discord'), { recursive: true })
    writeFileSync(join(folder, 'features/discord/all.feature'), `Feature: All\n\n${text}`)
  }

  test('a capability without a scenario that shows it is an error', async () => {
    feature('  Scenario: One word\n    When Ada sends "One red glove"\n')
    const faults = await writeChat(folder, false)
    expect(faults).to.include('Discord has the capability reactions, but none of its scenarios shows it')
    expect(faults.join('\n')).not.to.include('to have messages')
    const table = readFileSync(join(folder, 'docs/chat.md'), 'utf8')
    expect(table).to.include('| Messages | ✅ [One word](../features/discord/all.feature) |')
  })

  test('a table that no longer fits the features is stale', async () => {
    feature('  Scenario: One word\n    When Ada sends "One red glove"\n')
    await writeChat(folder, false)
    feature('  Scenario: Another word\n    When Ada sends "Two red gloves"\n')
    expect((await writeChat(folder, true)).at(-1)).to.include('docs/chat.md is stale')
  })

  test('a project without chat features has no table', async () => {
    expect(await writeChat(folder, true)).to.deep.equal([])
  })
})
