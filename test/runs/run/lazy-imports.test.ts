import { after, test } from 'node:test'
import { expect } from 'chai'
import { ROOT, startNode } from '../../support/runner'
import { SuiteCopy } from '../../support/suite-copy'

const HEAVY = /node_modules\/(@discordjs|discord\.js|@slack|amqplib|ioredis|mongodb|pg|testcontainers|playwright-core|ws)\//

const TELL = `
import { AfterAll } from '@cucumber/cucumber'
AfterAll(() => console.log('LOADED ' + JSON.stringify(Object.keys(require.cache))))
`

test('a run of one service loads neither a library nor the tasks of another', async () => {
  const feature = 'Feature: Me\n  Scenario: Who am I\n    When Ada views her own profile\n'
  const suite = new SuiteCopy({ 'colony/me.feature': feature, 'colony/hooks.ts': TELL })
  after(() => suite.remove())
  const { code, stdout, stderr } = await suite.run()
  expect(code, stderr).to.equal(0)
  const loaded = JSON.parse(/LOADED (.*)/.exec(stdout)?.[1] ?? '[]') as string[]
  expect(loaded.some((path) => path.endsWith('steps/colony/feed.steps.ts'))).to.equal(true)
  expect(loaded.filter((path) => /services\/(?!colony)\w+\/(runtime|platform|state)[^/]*\.ts$/.test(path))).to.deep.equal([])
  expect([...new Set(loaded.flatMap((path) => HEAVY.exec(path)?.[1] ?? []))]).to.deep.equal([])
})

// CON-133, CON-134, CON-135
test('the connector loads no database driver before a scenario needs one', async () => {
  const script = `
    const { connector } = require('./support/services/connector/service')
    connector.load().then(() => {
      require('./support/services/connector/comparison')
      console.log('LOADED ' + JSON.stringify(Object.keys(require.cache)))
    })`
  const { stdout, stderr } = await startNode(ROOT, ['--require', './support/run/typescript.js', '--eval', script]).ended
  const loaded = JSON.parse(/LOADED (.*)/.exec(stdout)?.[1] ?? '[]') as string[]
  expect(loaded.length, stderr).to.be.greaterThan(50)
  expect([...new Set(loaded.flatMap((path) => HEAVY.exec(path)?.[1] ?? []))]).to.deep.equal([])
})
