import { describe, test } from 'node:test'
import { expect } from 'chai'
import { ownCocalc } from './support/server'

let key: string
const cocalc = ownCocalc((own) => {
  key = own.variables.COCALC_API_KEY ?? ''
})

const NO_KEY = 'must be signed in and MUST provide an api key (cookies are not allowed)'
const encoded = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`
const post = (where: string, body: string, headers: Record<string, string> = {}) =>
  cocalc.raw(`/api/conat/${where}`, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } })

describe('the key', () => {
  test('as the user of Basic, whatever the password, or as Bearer', async () => {
    for (const authorization of [encoded(`${key}:`), encoded(`${key}:anything`), `Bearer ${key}`])
      expect((await cocalc.hub('system.ping', {}, { authorization })).now).to.be.closeTo(Date.now(), 5_000)
    expect(key).to.match(/^sk-[A-Za-z0-9]{22}$/)
  })

  test('refusals have status 200 and no prefix', async () => {
    const asked = async (authorization: string) => (await cocalc.hub('system.ping', {}, { authorization })).error
    expect(await asked(encoded(`:${key}`))).to.equal(NO_KEY)
    expect(await asked('Bearer nonsense')).to.equal(NO_KEY)
    expect(await asked(`Bearer ${key.slice(0, -1)}x`)).to.equal(NO_KEY)
    expect(await asked(`Digest ${key}`)).to.equal("Unknown authorization type 'Digest'")
    expect(await asked(`bearer ${key}`)).to.equal("Unknown authorization type 'bearer'")
    expect(await asked('')).to.equal("Unknown authorization type 'undefined'")
    const without = await post('hub', '{"name":"system.ping"}')
    expect(without.status).to.equal(200)
    expect(await without.json()).to.deep.equal({ error: 'You must provide authentication via an API key.' })
  })

  test('on the project endpoint', async () => {
    const { id } = await cocalc.person('Ben')
    const project = await cocalc.hub('projects.createProject', { title: 'Herbarium' })
    const ping = async (projectId: string | undefined, more = {}) =>
      (await cocalc.project(projectId, 'system.ping', {}, more)).error
    expect(await ping(project, { key: 'nonsense' })).to.equal('must sign in as project or account')
    expect(await ping(undefined)).to.equal('must specify project_id or use project-specific api key')
    expect(await ping('x')).to.equal("invalid account_id or project_id -- all must be valid uuid's")
    expect(await ping(id)).to.equal('user must be a collaborator on the project')
  })

  test('of a project is valid for that project only, and not for the hub', async () => {
    const [one, other] = [await cocalc.hub('projects.createProject'), await cocalc.hub('projects.createProject')]
    const [made] = await cocalc.hub('system.manageApiKeys', { action: 'create', project_id: one, name: 'ours' })
    expect(made).to.include({ name: 'ours', trunc: `sk-...${made.secret.slice(-6)}` })
    expect((await cocalc.project(undefined, 'system.test', {}, { key: made.secret })).project_id).to.equal(one)
    expect((await cocalc.project(one, 'system.test', {}, { key: made.secret })).project_id).to.equal(one)
    expect((await cocalc.project(other, 'system.test', {}, { key: made.secret })).error).to.equal(
      'project specific api key must match requested project',
    )
    expect((await cocalc.hub('system.ping', {}, { key: made.secret })).error).to.equal(NO_KEY)
    const listed = await cocalc.hub('system.manageApiKeys', { action: 'get', project_id: one })
    expect(listed).to.have.length(1)
    expect(listed[0]).to.not.have.property('secret')
    await cocalc.hub('system.manageApiKeys', { action: 'create', project_id: one, name: 'newer' })
    const both = await cocalc.hub('system.manageApiKeys', { action: 'get', project_id: one })
    expect(both.map(({ name }: { name: string }) => name)).to.deep.equal(['newer', 'ours'])
    expect(await cocalc.hub('system.manageApiKeys', { action: 'delete', project_id: one, id: made.id })).to.equal(null)
    expect((await cocalc.project(one, 'system.ping', {}, { key: made.secret })).error).to.match(/must sign in/)
  })

  test('is invalid once it expires or its owner is banned, and a project’s once its creator leaves', async () => {
    const ben = await cocalc.person('Ben')
    const { apiKey: expired } = await cocalc.callControl('/keys', { accountId: ben.id, expire: '2020-01-01T00:00:00Z' })
    expect((await cocalc.hub('system.ping', {}, { key: expired })).error).to.equal(NO_KEY)
    const project = await cocalc.hub('projects.createProject')
    await cocalc.hub('projects.addCollaborator', { opts: { project_id: project, account_id: ben.id } })
    const [made] = await cocalc.hub('system.manageApiKeys', { action: 'create', project_id: project }, { key: ben.apiKey })
    expect((await cocalc.project(project, 'system.ping', {}, { key: made.secret })).now).to.be.a('number')
    await cocalc.hub('projects.removeCollaborator', { opts: { project_id: project, account_id: ben.id } })
    expect((await cocalc.project(project, 'system.ping', {}, { key: made.secret })).error).to.match(/must sign in/)
    await cocalc.callControl('/accounts', { accountId: ben.id, banned: true })
    expect((await cocalc.hub('system.ping', {}, { key: ben.apiKey })).error).to.equal(NO_KEY)
  })
})

describe('the envelope', () => {
  test('invalid names and arguments', async () => {
    const bearer = { authorization: `Bearer ${key}` }
    const split = "TypeError: Cannot read properties of undefined (reading 'split')"
    expect((await cocalc.hub('system.nope')).error).to.equal("Error: unknown function 'system.nope'")
    expect((await cocalc.hub('constructor.name')).error).to.equal("Error: unknown function 'constructor.name'")
    expect(await (await post('hub', '{}', bearer)).json()).to.deep.equal({ error: split })
    expect(await (await cocalc.raw('/api/conat/hub', { headers: bearer })).json()).to.deep.equal({ error: split })
    const named = async (name: unknown) => (await cocalc.hub(name as string)).error
    expect(await named(null)).to.equal("TypeError: Cannot read properties of null (reading 'split')")
    expect(await named(5)).to.equal('TypeError: name.split is not a function')
    expect(await named('__proto__.toString')).to.equal("Error: unknown function '__proto__.toString'")
    expect((await cocalc.hub('system.test', 'x')).error).to.equal("TypeError: Cannot create property 'account_id' on string 'x'")
    expect((await cocalc.hub('system.test', [])).account_id).to.be.a('string')
    expect((await cocalc.hub('system.test', { account_id: 'me' })).account_id).to.not.equal('me')
  })

  test('the bridge has a timeout in milliseconds', async () => {
    const id = await cocalc.hub('projects.createProject')
    const { account_id } = await cocalc.hub('system.test')
    const late = await cocalc.project(id, 'system.exec', { command: 'sleep', args: ['3'] }, { timeout: 100 })
    expect(late.error).to.equal(`timeout - callHub: subject='project.${id}.0.api.-', name='system.exec', code='408' `)
    expect((await cocalc.hub('system.ping', {}, { timeout: 0 })).error).to.equal(
      `timeout must be positive - callHub: subject='hub.account.${account_id}.api', name='system.ping', code='undefined' `,
    )
  })

  test('invalid bodies and invalid addresses', async () => {
    const broken = await post('hub', '{', { authorization: `Bearer ${key}` })
    expect([broken.status, await broken.text()]).to.deep.equal([400, 'Invalid JSON'])
    expect((await post('hub', JSON.stringify({ name: 'x'.repeat(1_100_000) }))).status).to.equal(413)
    const nowhere = await cocalc.raw('/api/nowhere')
    expect(nowhere.status).to.equal(404)
    expect(nowhere.headers.get('content-type')).to.match(/html/)
    expect((await cocalc.raw('/healthcheck')).status).to.equal(200)
  })

  test('the media type of a body is case-insensitive', async () => {
    const authorization = `Bearer ${key}`
    for (const type of ['application/json; charset=utf-8', 'Application/JSON'])
      expect(await (await post('hub', '{"name":"system.ping"}', { authorization, 'content-type': type })).json()).to.have.key(
        'now',
      )
  })

  test('values are returned without an envelope', async () => {
    const answer = await post('hub', JSON.stringify({ name: 'projects.createProject', args: [{}] }), {
      authorization: `Bearer ${key}`,
    })
    expect(answer.headers.get('content-type')).to.match(/^application\/json/)
    expect(await answer.text()).to.match(/^"[0-9a-f-]{36}"$/)
  })
})
