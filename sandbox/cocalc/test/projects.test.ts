import { randomUUID } from 'node:crypto'
import { describe, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { expect } from 'chai'
import { type CocalcWire, ownCocalc } from './support/server'

type Person = Awaited<ReturnType<CocalcWire['person']>>

let ben: Person
let me: string
const cocalc = ownCocalc(async (own) => {
  ben = await own.person('Ben')
  me = (await own.hub('system.test')).account_id
})

const create = (args: object = {}, more = {}): Promise<string> => cocalc.hub('projects.createProject', args, more)
const call = (name: string, args: object, more = {}) => cocalc.hub(`projects.${name}`, args, more)
const opts = (name: string, given: object, more = {}) => call(name, { opts: given }, more)
const row = async (id: string, fields: Record<string, null>) =>
  (await cocalc.hub('db.userQuery', { query: { projects_all: { ...fields, project_id: id } } })).projects_all

describe('a project', () => {
  test('has defaults, and licenses only by real ids', async () => {
    const license = randomUUID()
    const id = await create({ license: `${license},nonsense` })
    const { title, description, users, compute_image, site_license, state } = await row(id, {
      title: null,
      description: null,
      users: null,
      compute_image: null,
      site_license: null,
      state: null,
    })
    expect({ title, description, users, compute_image, site_license }).to.deep.equal({
      title: 'No Title',
      description: '',
      users: { [me]: { group: 'owner' } },
      compute_image: 'ubuntu2404',
      site_license: { [license]: {} },
    })
    expect(state).to.include({ state: 'opened', ip: '127.0.0.1' })
  })

  test('its id can be chosen by an admin', async () => {
    const id = randomUUID()
    expect(await create({ project_id: id })).to.equal(id)
    const refused = await call('createProject', { project_id: randomUUID() }, { key: ben.apiKey })
    expect(refused.error).to.equal('Error: only admins can specify the project_id')
  })

  test('starts, stops, wakes up when touched', async () => {
    const id = await create()
    expect(await call('status', { project_id: id })).to.deep.equal({})
    expect(await call('start', { project_id: id })).to.equal(null)
    expect(await call('start', { project_id: id })).to.equal(null)
    const { time, ...state } = await call('state', { project_id: id })
    expect(state).to.deep.equal({ ip: '127.0.0.1', state: 'running' })
    expect(time).to.match(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
    const status = await call('status', { project_id: id })
    expect(Object.keys(status)).to.deep.equal(['project.pid', 'hub-server.port', 'browser-server.port', 'start_ts', 'session_id'])
    process.kill(status['project.pid'], 0)
    expect(await call('stop', { project_id: id })).to.equal(null)
    expect(await call('stop', { project_id: id })).to.equal(null)
    expect((await call('state', { project_id: id })).state).to.equal('opened')
    expect(await call('touch', { project_id: id })).to.equal(null)
    expect((await row(id, { state: null })).state.state).to.equal('running')
  })

  test('is the same whatever the case of its id', async () => {
    const id = await create({ project_id: randomUUID().toUpperCase() })
    const other = { project_id: id === id.toUpperCase() ? id.toLowerCase() : id.toUpperCase() }
    await call('start', other)
    for (const project_id of [id.toLowerCase(), id.toUpperCase()]) {
      expect((await call('state', { project_id })).state).to.equal('running')
      expect(await call('status', { project_id })).to.have.property('start_ts')
    }
    await call('deleteProject', other)
    expect((await call('state', { project_id: id })).state).to.equal('opened')
  })

  test('stopped and started at once, runs in the end, as its row says', async () => {
    const id = await create()
    await call('start', { project_id: id })
    await Promise.all([call('stop', { project_id: id }), call('start', { project_id: id }), call('start', { project_id: id })])
    const { state } = await call('state', { project_id: id })
    expect((await row(id, { state: null })).state.state).to.equal(state)
    expect('start_ts' in (await call('status', { project_id: id }))).to.equal(state === 'running')
  })

  test('whose process is killed from inside no longer runs, and its row shows that', async () => {
    const id = await create()
    await call('start', { project_id: id })
    process.kill((await call('status', { project_id: id }))['project.pid'], 'SIGKILL')
    const stored = async () => (await row(id, { state: null })).state.state
    for (let tries = 0; tries < 1_000 && (await stored()) !== 'opened'; tries++) await pause(10)
    expect(await stored()).to.equal('opened')
    expect(await call('status', { project_id: id })).to.deep.equal({})
  })

  test('shows in its row that it is starting and stopping', async () => {
    const id = await create()
    const stored = async () => (await row(id, { state: null })).state.state
    const until = async (name: string) => {
      for (let tries = 0; tries < 1_000 && (await stored()) !== name; tries++) await pause(5)
      expect(await stored()).to.equal(name)
      expect(await call('state', { project_id: id })).to.deep.equal({ state: name })
    }
    await cocalc.callControl('/host', { startTakes: 300, stopTakes: 300 })
    const started = call('start', { project_id: id })
    await until('starting')
    await started
    const stopped = call('stop', { project_id: id })
    await until('stopping')
    await stopped
    await cocalc.callControl('/host', { startTakes: 0, stopTakes: 0 })
    expect(await stored()).to.equal('opened')
  })

  test('stores its status and the quota it was started with in its row', async () => {
    const id = await create()
    const stored = () => row(id, { status: null, run_quota: null })
    expect(await stored()).to.deep.equal({ project_id: id, status: null, run_quota: null })
    await call('start', { project_id: id })
    const { status, run_quota } = await stored()
    expect(status).to.deep.equal(await call('status', { project_id: id }))
    expect(run_quota).to.include({ disk_quota: 3000, memory_limit: 1000, idle_timeout: 1800, member_host: false })
    await call('stop', { project_id: id })
    expect(await stored()).to.deep.equal({ project_id: id, status: {}, run_quota })
  })

  test('has no license any more when it is deleted', async () => {
    const id = await create({ license: randomUUID() })
    await call('deleteProject', { project_id: id })
    expect((await row(id, { site_license: null })).site_license).to.deep.equal({})
  })

  test('refuses accounts that are not on it, site admins included, with a message per function', async () => {
    const id = await create({}, { key: ben.apiKey })
    const endings = { start: 'start it', stop: 'stop it', touch: 'touch it', state: 'get state', status: 'get status' }
    for (const [name, to] of Object.entries(endings)) {
      expect((await call(name, { project_id: id })).error).to.equal(`Error: must be collaborator on project to ${to}`)
      expect((await call(name, { project_id: randomUUID() })).error).to.equal(`Error: must be collaborator on project to ${to}`)
      for (const none of ['x', undefined])
        expect((await call(name, { project_id: none })).error).to.equal(
          "Error: invalid account_id or project_id -- all must be valid uuid's",
        )
    }
  })

  test('is only marked as deleted, by its people or a site admin, and can be restored', async () => {
    const id = await create({}, { key: ben.apiKey })
    const cleo = await cocalc.person('Cleo')
    const unknown = randomUUID()
    expect((await call('deleteProject', { project_id: id }, { key: cleo.apiKey })).error).to.equal(
      'Error: must be an owner to delete a project',
    )
    expect((await call('deleteProject', {})).error).to.equal('Error: project_id must be a valid UUID')
    expect((await call('deleteProject', { project_id: unknown })).error).to.equal(`FATAL: unknown project_id '${unknown}'`)
    expect(await call('deleteProject', { project_id: id })).to.equal(null)
    expect(await row(id, { deleted: null })).to.deep.equal({ deleted: true, project_id: id })
    expect(await cocalc.hub('db.userQuery', { query: { projects: { project_id: id, deleted: false } } })).to.deep.equal({})
    expect((await row(id, { deleted: null })).deleted).to.equal(false)
  })
})

describe('collaborators', () => {
  test('are added singly or pairwise, always with a list as the response', async () => {
    const [one, other] = [await create(), await create()]
    const cleo = await cocalc.person('Cleo')
    expect(await opts('addCollaborator', { project_id: one, account_id: ben.id })).to.deep.equal({ project_id: [one] })
    const pairs = { project_id: [one, other], account_id: [cleo.id, ben.id] }
    expect(await opts('addCollaborator', pairs)).to.deep.equal({ project_id: [one, other] })
    expect(await opts('addCollaborator', pairs)).to.deep.equal({ project_id: [one, other] })
    expect((await row(one, { users: null })).users).to.deep.equal({
      [me]: { group: 'owner' },
      [ben.id]: { group: 'collaborator' },
      [cleo.id]: { group: 'collaborator' },
    })
    expect(await opts('removeCollaborator', { project_id: one, account_id: cleo.id }, { key: ben.apiKey })).to.equal(null)
    expect(await opts('removeCollaborator', { project_id: one, account_id: cleo.id })).to.equal(null)
    expect(Object.keys((await row(one, { users: null })).users)).to.have.members([me, ben.id])
  })

  test('refusals', async () => {
    const mine = await create()
    const theirs = await create({}, { key: ben.apiKey })
    const add = async (given: object, more = {}) => (await opts('addCollaborator', given, more)).error
    const remove = async (given: object, more = {}) => (await opts('removeCollaborator', given, more)).error
    expect(await add({ project_id: mine, account_id: ben.id }, { key: ben.apiKey })).to.equal(
      `Error: user ${ben.id} does not have write access to project ${mine}`,
    )
    expect(await add({ project_id: [mine, theirs], account_id: ben.id })).to.equal(
      'Error: accounts (of length 1) and projects (of length 2) must be arrays of the same length',
    )
    expect(await add({ project_id: mine, account_id: 'bad' })).to.equal(
      'Error: all account id\'s must be valid uuid\'s, but "bad" is not',
    )
    expect(await add({ project_id: 'bad', account_id: ben.id })).to.equal('Error: Invalid project_id: bad')
    expect(await add({ project_id: randomUUID(), account_id: ben.id })).to.equal('OwnershipError: Project not found')
    expect((await call('addCollaborator', {})).error).to.equal(
      "TypeError: Cannot read properties of undefined (reading 'project_id')",
    )
    expect(await remove({ project_id: theirs, account_id: ben.id })).to.equal('Error: user must be a collaborator')
    expect(await remove({ project_id: mine, account_id: me })).to.equal(
      'OwnershipError: Cannot remove an owner. Demote to collaborator first.',
    )
    const demote = { project_id: mine, target_account_id: me, new_group: 'collaborator' }
    expect((await opts('changeUserType', demote)).error).to.equal(
      'OwnershipError: Cannot change the last owner to collaborator. At least one owner is required.',
    )
  })

  test('a site admin may add to a project they are not on', async () => {
    const theirs = await create({}, { key: ben.apiKey })
    const added = await opts('addCollaborator', { project_id: theirs, account_id: me })
    expect(added).to.deep.equal({ project_id: [theirs] })
  })
})
