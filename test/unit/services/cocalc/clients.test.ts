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

const HOST = 'http://127.0.0.1:1'
const KEY = 'sk-abcdefghijklmnop000001'
const { access } = accessTo(HOST, {})
const hub = new Hub({ access, key: KEY })

const OPERATIONS = [
  'getAll',
  'create',
  'get',
  'set',
  'addAdmin',
  'addUser',
  'createUser',
  'createToken',
  'expireToken',
  'getUsers',
  'removeUser',
  'removeAdmin',
  'message',
] as const satisfies readonly (keyof Organizations)[]

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
  test('can delete projects', () => {
    expect(hub.projects.delete).to.be.a('function')
  })

  // COC-033, COC-053
  test('has an area for organizations, of the class for organizations', () => {
    expect(hub.org).to.be.instanceOf(Organizations)
  })

  // COC-034
  test('offers every operation on organizations', () => {
    for (const operation of OPERATIONS) expect(hub.org[operation], operation).to.be.a('function')
    expect(OPERATIONS).to.have.length(13)
  })

  // COC-054
  test('has the areas for the hub itself, projects and messages beside it', () => {
    expect(hub.system).to.be.instanceOf(System)
    expect(hub.projects).to.be.instanceOf(Projects)
    expect(hub.messages).to.be.instanceOf(Messages)
    expect(hub.projects.delete).to.be.a('function')
  })

  // COC-050, COC-051, COC-052, COC-055
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
    expect(project.system).to.be.instanceOf(ProjectSystem)
  })
})
