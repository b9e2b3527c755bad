import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { expect } from 'chai'
import { ROOT } from '../../../support/runner'

for (const domain of ['app', 'config', 'forms', 'hooks', 'runs']) {
  test(`no step on ${domain} gives up before the call or the run it waits for`, () => {
    const text = readFileSync(join(ROOT, 'steps', `connector-${domain}.steps.ts`), 'utf8')
    const definitions = text.split(/^ *(?=(?:Given|When|Then|Before|After)\()/m).slice(1)
    const hasty = definitions.filter((definition) => !definition.includes('PATIENT'))
    expect(hasty).to.deep.equal([])
  })
}
