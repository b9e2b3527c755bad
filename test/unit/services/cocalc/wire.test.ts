import { describe, test } from 'node:test'
import { expect } from 'chai'
import { ApiError, ConnectionError } from '../../../../support/http/errors'
import { callTimeout } from '../../../../support/services/cocalc/bridge'
import { Hub, Project } from '../../../../support/services/cocalc/client/client'
import { classifyFailure, originOf } from '../../../../support/services/cocalc/failures'
import { arrange } from '../../../../support/services/cocalc/project-list'
import { retry } from '../../../../support/services/cocalc/retry'
import { accessTo } from '../../../support/access'
import { serve } from '../../../support/server'

const KEY = 'sk-abcdefghijklmnop000001'
const verdict = (data: unknown, status = 200) => classifyFailure({ status, headers: {}, data })

interface Seen {
  path: string | undefined
  authorization: string | undefined
  body: Record<string, unknown>
}

async function responding(data: unknown): Promise<{ address: string; seen: Seen[] }> {
  const seen: Seen[] = []
  const address = await serve(async (request, reply) => {
    let text = ''
    for await (const chunk of request) text += chunk
    seen.push({ path: request.url, authorization: request.headers.authorization, body: JSON.parse(text) })
    reply.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(data))
  })
  return { address, seen }
}

describe('the request of a call', () => {
  test('name, one object without missing arguments, the key as the user of Basic', async () => {
    const { address, seen } = await responding('0b6f3f5e-7f0e-4a57-8a1e-5a2f4c1b9e10')
    const hub = new Hub({ access: accessTo(address, {}).access, key: KEY })
    await hub.projects.createProject({ title: '', description: 'd' })
    expect(seen[0]).to.deep.equal({
      path: '/api/conat/hub',
      authorization: `Basic ${Buffer.from(`${KEY}:`).toString('base64')}`,
      body: { name: 'projects.createProject', args: [{ title: '', description: 'd' }] },
    })
  })

  test('names are asked for by a bare list, collaborators one level deeper', async () => {
    const { address, seen } = await responding({ project_id: [] })
    const hub = new Hub({ access: accessTo(address, {}).access, key: KEY })
    await hub.system.getNames(['a', 'b']).catch(() => undefined)
    await hub.projects.addCollaborator('p', 'a')
    expect(seen.map(({ body }) => body.args)).to.deep.equal([[['a', 'b']], [{ opts: { project_id: 'p', account_id: 'a' } }]])
  })

  test('a slow function has its timeout twice: in seconds for the function, in milliseconds for the bridge', async () => {
    const { address, seen } = await responding({ stdout: '', stderr: '', exit_code: 0 })
    const project = new Project({ access: accessTo(address, {}).access, key: KEY }, 'p')
    await project.system.exec({ command: 'date', timeout: 2.5 })
    expect(seen[0]?.path).to.equal('/api/conat/project')
    expect(seen[0]?.body).to.deep.equal({
      name: 'system.exec',
      args: [{ command: 'date', timeout: 2.5 }],
      project_id: 'p',
      timeout: 2_500,
    })
  })
})

describe('how long a call may take', () => {
  test('as CoCalc’s own client waits, and never less than the bridge itself', () => {
    expect(callTimeout({})).to.equal(120_000)
    expect(callTimeout({ timeout: 60_000 })).to.equal(120_000)
    expect(callTimeout({ timeout: 300_000 })).to.be.greaterThan(300_000)
  })
})

describe('failures', () => {
  test('an object whose one member is an error', () => {
    expect(verdict({ error: 'Error: must be a site admin' })).to.include({ status: 200, code: 'function' })
    expect(verdict('error')).to.equal(undefined)
    expect(verdict(['error'])).to.equal(undefined)
    expect(verdict(null)).to.equal(undefined)
    expect(verdict({ state: 'opened', error: 'its disk is full' })).to.equal(undefined)
  })

  test('a bridge without a response is not a refusal, an unknown key is one', () => {
    const late = "timeout - callHub: subject='hub.account.x.api', name='projects.start', code='408' "
    expect(verdict({ error: late })?.status).to.equal(504)
    expect(verdict({ error: "request -- no subscribers matching 'x' - callHub: subject='x', code='503' " })?.status).to.equal(503)
    expect(verdict({ error: 'must sign in as project or account' })?.status).to.equal(401)
    expect(verdict('Internal Server Error', 500)).to.deep.equal({ status: 500, says: 'Internal Server Error' })
  })

  test('the origin of a failure is read from its text', () => {
    expect(originOf('FATAL: user must be an admin')).to.equal('query')
    expect(originOf('error: duplicate key value violates unique constraint "x"')).to.equal('database')
    expect(originOf("command 'false' exited with nonzero code 1 -- stderr=''")).to.equal('command')
    expect(originOf("killed command 'sleep 5'")).to.equal('command')
    expect(originOf('OwnershipError: Project not found')).to.equal('function')
    expect(originOf('timeout')).to.equal('bridge')
  })
})

describe('retries', () => {
  const failure = (says: string) =>
    new ApiError({ service: 'cocalc', method: 'POST', path: '/', status: 200, says, body: says, curl: '' })

  test('a transient failure is retried, and the last one is thrown', async () => {
    let calls = 0
    const call = async () => {
      calls++
      throw failure('Error: closed')
    }
    await expectRejected(retry(call, { attempts: 3, pause: 1 }), /closed/)
    expect(calls).to.equal(3)
  })

  test('a server that is still starting is retried with growing pauses', async () => {
    let calls = 0
    const refused = new ConnectionError('cocalc', 'POST', 'http://x', 'ECONNREFUSED')
    const call = async () => (++calls < 4 ? Promise.reject(refused) : 'pong')
    const started = performance.now()
    expect(await retry(call, { attempts: 5, pause: 10, growth: 2 })).to.equal('pong')
    expect(performance.now() - started).to.be.at.least(65)
  })

  test('any other failure is final', async () => {
    let calls = 0
    const call = async () => {
      calls++
      throw failure('Error: permission denied')
    }
    await expectRejected(retry(call, { attempts: 3, pause: 1 }), /permission denied/)
    expect(calls).to.equal(1)
  })
})

describe('a list of projects', () => {
  const one = (project_id: string, more: object = {}) => ({ project_id, title: 'T', ...more })
  const ids = (projects: readonly { project_id: string }[]) => projects.map(({ project_id }) => project_id).join('')

  test('the latest edit comes first, then creation, title and id', () => {
    const early = { last_edited: '2026-01-01T00:00:00.000Z' }
    const late = { last_edited: '2026-02-01T00:00:00.000Z' }
    expect(ids(arrange([one('a', early), one('b', late), one('c'), one('d', { title: 'u' })], {}))).to.equal('badc')
  })

  test('deleted, state, hidden and limit narrow it down', () => {
    const all = [
      one('a', { deleted: true }),
      one('b', { state: { state: 'running' } }),
      one('c', { users: { x: { group: 'owner', hide: true } } }),
    ]
    expect(ids(arrange(all, { deleted: true }))).to.equal('a')
    expect(ids(arrange(all, { deleted: false }))).to.equal('cb')
    expect(ids(arrange(all, { state: 'Running' }))).to.equal('b')
    expect(ids(arrange(all, { hidden: { accountId: 'x', is: true } }))).to.equal('c')
    expect(ids(arrange(all, { limit: 1 }))).to.equal('c')
    expect(() => arrange(all, { limit: -1 })).to.throw(RangeError)
  })
})

async function expectRejected(promise: Promise<unknown>, message: RegExp): Promise<void> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(String(error)).to.match(message)
}
