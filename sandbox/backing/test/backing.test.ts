import { describe, test } from 'node:test'
import { expect } from 'chai'
import { inSurroundings } from '../../kit/test/environment'
import { serve } from '../../kit/test/serve'
import { findEngine, hasImage } from '../docker-engine'
import { found } from '../server'

describe('where a backing server comes from', () => {
  test('the first available source is used, and started on demand only', async () => {
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

  test('an engine that responds is found, and its images are listed', async () => {
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

  test('one that accepts the connection and sends nothing is skipped at once', async () => {
    const origin = await serve(() => undefined)
    const started = Date.now()
    expect(await engineAt(origin)).to.equal(undefined)
    expect(Date.now() - started).to.be.lessThan(10_000)
  })

  test('any other response at that address is not an engine', async () => {
    expect(await engineAt(await serve((_request, response) => void response.end('hello')))).to.equal(undefined)
  })
})
