import { after, describe, test } from 'node:test'
import { expect } from 'chai'
import { serve } from '../../../test/support/server'
import { SuiteCopy } from '../../../test/support/suite-copy'
import { inSurroundings } from '../../kit/test/environment'
import { findEngine, hasImage } from '../docker-engine'
import { found } from '../server'
import { nothingInstalled } from './support/bare-path'

const FEATURE = `
Feature: On all servers

  @needs:rabbitmq @needs:mongodb @needs:redis
  Scenario: Emulated or not
    Given other services are listening
    When Ada reports where she is
    Then other services learn every position of Ada once
    And the position of Ada is at hand for 5 minutes
    And every report of Ada is in the history once

  @real:rabbitmq @needs:rabbitmq
  Scenario: Only on a real broker
    When Ada is a courier who is offline
`

describe('where a backing server comes from', () => {
  const suite = new SuiteCopy({ 'orbital/all.feature': FEATURE })
  after(() => suite.remove())

  test('with none on the machine all still runs, labelled emulated', async () => {
    const { stdout, code } = await suite.run([], nothingInstalled())
    expect(stdout).to.match(/RabbitMQ, emulated; MongoDB, emulated; Redis, emulated/)
    expect(stdout).to.match(/2 scenarios \(1 skipped, 1 passed\)|2 scenarios \(1 passed, 1 skipped\)/)
    expect(stdout).to.contain('rabbitmq is emulated here')
    expect(code, stdout).to.equal(0)
  })

  test('asked for as real, the run stops and says what to install', async () => {
    const { stderr, stdout, code } = await suite.run([], { ...nothingInstalled(), ACCEPTANCE_REAL: 'redis' })
    expect(code).to.equal(1)
    expect(stdout + stderr).to.match(/ACCEPTANCE_REAL asks for a real redis, and there is none: install Debian’s redis-server/)
  })

  test('the first open way is taken, and only a demand starts it', async () => {
    const started: string[] = []
    const source = (label: string) => async () => ({
      label,
      isReal: true,
      url: 'x://',
      start: async () => void started.push(label),
      stop: async () => void started.push(`${label} stopped`),
    })
    const server = await found('redis', [async () => undefined, source('second'), source('third')], source('last'), 'x')
    expect([server.label, started]).to.deep.equal(['second', []])
    await Promise.all([server.ready(), server.ready()])
    await server.stop()
    expect(started).to.deep.equal(['second', 'second stopped'])
  })
})

describe('looking for Docker', () => {
  const engineAt = (origin: string) => inSurroundings({ DOCKER_HOST: origin.replace('http', 'tcp') }, findEngine)

  test('an engine that answers is found, and asked for its images', async () => {
    const origin = await serve((request, response) => {
      response.setHeader('Api-Version', '1.47')
      response.statusCode = request.url?.startsWith('/_ping') || request.url?.includes('redis') ? 200 : 404
      response.end()
    })
    const engine = await engineAt(origin)
    expect(engine).to.deep.equal({ host: origin.replace('http', 'tcp') })
    if (!engine) return
    expect([await hasImage(engine, 'redis:5.0.8-alpine'), await hasImage(engine, 'mongo:7')]).to.deep.equal([true, false])
  })

  test('one that accepts and says nothing is passed over at once', async () => {
    const origin = await serve(() => undefined)
    const started = Date.now()
    expect(await engineAt(origin)).to.equal(undefined)
    expect(Date.now() - started).to.be.lessThan(1_000)
  })

  test('whatever else answers there is no engine', async () => {
    expect(await engineAt(await serve((_request, response) => void response.end('hello')))).to.equal(undefined)
  })
})
