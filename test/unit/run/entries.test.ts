import { createRequire } from 'node:module'
import { join } from 'node:path'
import { test } from 'node:test'
import { expect } from 'chai'
import { ROOT } from '../../support/runner'

interface Profile {
  plugin: string[]
  format: (string | [string, string])[]
}

test('files that Cucumber imports are JavaScript in every profile, because Node 22 accepts no TypeScript there', () => {
  const profiles = createRequire(__filename)(join(ROOT, 'cucumber.cjs')) as Record<string, Profile>
  for (const [name, { plugin, format }] of Object.entries(profiles)) {
    const imported = [...plugin, ...format.map((one) => (typeof one === 'string' ? one : one[0]))]
    for (const path of imported) expect(path, name).to.match(/\.js$/)
  }
})
