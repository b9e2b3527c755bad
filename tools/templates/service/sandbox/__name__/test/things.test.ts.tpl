import { after, before, test } from 'node:test'
import { expect } from 'chai'
import { start__Name__ } from '../server'
import type { RunningSandbox } from '../../kit/sandbox'

let sandbox: RunningSandbox
before(async () => {
  sandbox = await start__Name__()
})
after(() => sandbox.stop())

const call = (method: string, path: string, token?: string): Promise<Response> => {
  const headers: Record<string, string> = token ? { authorization: `Bearer ${token}` } : {}
  return fetch(sandbox.address + path, { method, headers })
}

// __PREFIX__-003
test('without a token nothing is told', async () => {
  const answer = await call('GET', '/things')
  expect(answer.status).to.equal(401)
  expect(await answer.json()).to.deep.equal({ error: { code: 'unauthorized', message: 'A valid token is needed' } })
})

// __PREFIX__-004
test('what is not there is not found', async () => {
  expect((await call('GET', '/things/nothing', sandbox.variables.__NAME___TOKEN)).status).to.equal(404)
})
