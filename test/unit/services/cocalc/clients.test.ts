import { describe, test } from 'node:test'
import { expect } from 'chai'
import { Bridge } from '../../../../support/services/cocalc/bridge'
import { Hub, Project } from '../../../../support/services/cocalc/client/client'
import { Messages } from '../../../../support/services/cocalc/client/messages'
import { type NewUser, Organizations } from '../../../../support/services/cocalc/client/organizations'
import { ProjectSystem } from '../../../../support/services/cocalc/client/project-system'
import { Projects } from '../../../../support/services/cocalc/client/projects'
import { System } from '../../../../support/services/cocalc/client/system'
import type { Token } from '../../../../support/services/cocalc/contract'
import { accessTo } from '../../../support/access'
import { serve } from '../../../support/server'

const HOST = 'http://127.0.0.1:1'
const KEY = 'sk-abcdefghijklmnop000001'
const { access } = accessTo(HOST, {})
const hub = new Hub({ access, key: KEY })

const NEW_USER = { firstName: 'Flora', lastName: 'Fern', password: 'a long password' }

/** A call of each operation, and the arguments that it sends. */
const OPERATIONS: Record<string, [call: (org: Organizations) => Promise<unknown>, args: object | undefined]> = {
  getAll: [(org) => org.getAll(), undefined],
  create: [(org) => org.create('o'), { name: 'o' }],
  get: [(org) => org.get('o'), { name: 'o' }],
  set: [(org) => org.set('o', { title: 'T' }), { name: 'o', title: 'T' }],
  addAdmin: [(org) => org.addAdmin('o', 'u'), { name: 'o', user: 'u' }],
  addUser: [(org) => org.addUser('o', 'u'), { name: 'o', user: 'u' }],
  createUser: [(org) => org.createUser('o', 'a@b.c', NEW_USER), { name: 'o', email: 'a@b.c', ...NEW_USER }],
  createToken: [(org) => org.createToken('u'), { user: 'u' }],
  expireToken: [(org) => org.expireToken('t'), { token: 't' }],
  getUsers: [(org) => org.getUsers('o'), { name: 'o' }],
  removeUser: [(org) => org.removeUser('o', 'u'), { name: 'o', user: 'u' }],
  removeAdmin: [(org) => org.removeAdmin('o', 'u'), { name: 'o', user: 'u' }],
  message: [(org) => org.message('o', 's', 'b'), { name: 'o', subject: 's', body: 'b' }],
}

/** A hub client of a server that records what it receives, and returns the same for every call. */
async function recorded(data: unknown): Promise<{ hub: Hub; seen: unknown[] }> {
  const seen: unknown[] = []
  const address = await serve(async (request, reply) => {
    let text = ''
    for await (const chunk of request) text += chunk
    seen.push(JSON.parse(text))
    reply.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(data))
  })
  return { hub: new Hub({ access: accessTo(address, {}).access, key: KEY }), seen }
}

describe('the client of the hub', () => {
  // COC-002
  test('keeps its key and its host, and calls through its own bridge', () => {
    expect(hub.key).to.equal(KEY)
    expect(hub.host).to.equal(HOST)
    expect(hub.bridge).to.be.instanceOf(Bridge)
    expect(new Hub({ access, key: KEY }).bridge).to.not.equal(hub.bridge)
  })

  test('does not show its key where it is printed or copied', () => {
    expect(JSON.stringify(hub)).to.not.include(KEY)
    expect(JSON.stringify({ ...hub })).to.not.include(KEY)
  })

  // COC-008
  test('can delete projects', async () => {
    const { hub: other, seen } = await recorded(null)
    await other.projects.delete('p')
    expect(seen).to.deep.equal([{ name: 'projects.deleteProject', args: [{ project_id: 'p' }], timeout: 60_000 }])
  })

  // COC-033, COC-053
  test('has an area for organizations, of the class for organizations', () => {
    expect(hub.org).to.be.instanceOf(Organizations)
  })

  // COC-034, COC-048
  test('offers every operation on organizations, each under its own name', async () => {
    const { hub: other, seen } = await recorded(null)
    for (const [call] of Object.values(OPERATIONS)) await call(other.org).catch(() => 'an empty response')
    expect(seen).to.deep.equal(
      Object.entries(OPERATIONS).map(([name, [, args]]) => ({ name: `org.${name}`, args: [args ?? {}] })),
    )
    expect(seen).to.have.length(13)
  })

  // COC-052
  test('a sign-in token has a token and a link', async () => {
    const made = { token: 't', url: 'https://cocalc.invalid/auth/impersonate?auth_token=t' }
    const { hub: other } = await recorded(made)
    expect(await other.org.createToken('u')).to.deep.equal(made)
    for (const incomplete of [{ token: 't' }, { url: made.url }]) {
      const { hub: broken } = await recorded(incomplete)
      const error = await broken.org.createToken('u').then(
        () => undefined,
        (thrown: Error) => thrown,
      )
      expect(error?.message).to.contain('token' in incomplete ? 'url' : 'token')
    }
  })

  // COC-054
  test('has the areas for the hub itself, projects and messages beside it', () => {
    expect(hub.system).to.be.instanceOf(System)
    expect(hub.projects).to.be.instanceOf(Projects)
    expect(hub.messages).to.be.instanceOf(Messages)
    expect(hub.projects.delete).to.be.a('function')
  })

  // COC-050, COC-051, COC-055
  test('accepts its declared parameters: otherwise the type check would fail', () => {
    const message: (name: string, subject: string, body: string) => Promise<void> = hub.org.message.bind(hub.org)
    const createUser: (name: string, email: string, user?: NewUser) => Promise<string> = hub.org.createUser.bind(hub.org)
    const createToken: (user: string) => Promise<Token> = hub.org.createToken.bind(hub.org)
    const names: (keyof NewUser)[] = ['firstName', 'lastName', 'password']
    const parts: (keyof Pick<Token, 'token' | 'url'>)[] = ['token', 'url']
    expect([message.length, createToken.length, names.length, parts.length]).to.deep.equal([3, 1, 3, 2])
    expect([hub.org.message.length, hub.org.createUser.length, hub.org.createToken.length]).to.deep.equal([3, 2, 1])
    expect(createUser).to.be.a('function')
  })
})

describe('the client of a project', () => {
  // COC-059
  test('keeps project, key and host; no id is too strange for it', () => {
    const project = new Project({ access, key: KEY }, 'any-project')
    expect([project.projectId, project.key, project.host]).to.deep.equal(['any-project', KEY, HOST])
    expect(project.bridge).to.be.instanceOf(Bridge)
    expect(new Project({ access, key: KEY }, 'any-project').bridge).to.not.equal(project.bridge)
    expect(project.system).to.be.instanceOf(ProjectSystem)
  })
})
