import { after, before, describe } from 'node:test'
import { bareCocalc, type CocalcWire } from '../../../../sandbox/cocalc/test/support/server'
import { temporaryFolder } from '../../../../sandbox/kit/test/temporary'
import { Redactor } from '../../../../support/config/redaction'
import { Run } from '../../../../support/run/run'
import { runtime } from '../../../../support/services/cocalc/runtime'
import { fingerprintOf, undo } from '../../../../support/services/cocalc/undo'
import { bystand, OTHER_RUN } from '../../../support/cocalc-bystanders'
import { everything, withDatabase } from '../../../support/cocalc-database'
import { leavesStrangersAlone, type Stranger } from '../../../support/strangers'

/** Names of the run's things in its journal. */
const OURS = 'Botany 1700000000-abcdef-1'
const NOWHERE = '0b6f3f5e-7f0e-4a57-8a1e-5a2f4c1b9e10'

let cocalc: CocalcWire
let run: Run
let ada: string
let flora: Awaited<ReturnType<CocalcWire['person']>>
let eve: Awaited<ReturnType<CocalcWire['person']>>
const folder = temporaryFolder()

/** A CoCalc with data of others, and a run of Ada against it. */
async function open(settings: (variables: Record<string, string>) => Record<string, string>): Promise<void> {
  cocalc = await bareCocalc()
  await bystand(cocalc)
  ada = (await cocalc.hub('system.test')).account_id
  flora = await cocalc.person('Flora')
  eve = await cocalc.person('Eve')
  await cocalc.callControl('/accounts', { accountId: eve.id, admin: true })
  const live = { kind: 'live' as const, missing: [], address: cocalc.address, variables: {}, lacks: [], real: [] }
  const resolved = { runId: '1700000000-abcdef', parallel: false, atTerminal: false, services: { cocalc: live } }
  const path = `${folder}/${new URL(cocalc.address).port}.ndjson`
  run = new Run(resolved, settings({ ...cocalc.variables }), new Redactor(), undefined, path)
}

async function close(): Promise<void> {
  await run.close()
  await cocalc.stop()
}

/** @throws where it was refused */
async function make<T = string>(name: string, args: object, more = {}): Promise<T> {
  const made = await cocalc.hub(name, args, more)
  if (made?.error !== undefined) throw new Error(`${name}: ${made.error}`)
  return made
}

/** As the journal of a run of Ada's has it. */
const entry = (id: string | number, name: string, data: Record<string, string> = {}): Stranger => {
  return { id: String(id), name, by: 'Ada', data: { account: ada, ...data } }
}
/** The response to its creation was lost. */
const unanswered = (name: string, data: Record<string, string> = {}): Stranger => {
  return { name, by: 'Ada', data: { account: ada, ...data } }
}
const asFlora = () => ({ key: flora.apiKey })
const asEve = () => ({ key: eve.apiKey })

async function projects(): Promise<Stranger[]> {
  const create = (title: string, more = {}) => make('projects.createProject', { title }, more)
  const [floras, shared, evens, byHand, renamed] = [
    await create(OURS, asFlora()),
    await create(OURS, asFlora()),
    await create(OURS, asEve()),
    await create('Herbarium'),
    await create(OTHER_RUN),
  ]
  await make('projects.addCollaborator', { opts: { project_id: shared, account_id: ada } }, asFlora())
  await cocalc.hub('projects.start', { project_id: shared }, asFlora())
  return [
    entry(floras, OURS),
    entry(shared, OURS),
    entry(evens, OURS),
    entry(evens, OURS, { account: eve.id }),
    entry(byHand, 'Herbarium'),
    entry(byHand, OURS),
    entry(renamed, OURS),
    { ...entry(byHand, OURS), data: {} },
    entry(NOWHERE, OURS),
    unanswered(OURS),
    unanswered('Herbarium'),
    unanswered(OTHER_RUN, { account: eve.id }),
  ]
}

async function accounts(): Promise<Stranger[]> {
  const give = (firstName: string, email: string, more = {}): Promise<string> =>
    make('org.createUser', { name: 'Bystanders', email, firstName }, more)
  const [byEve, byHand, otherAddress, otherName, owner] = [
    await give('Ben 1700000000-abcdef-2', 'ben-1700000000-abcdef-2@example.org', asEve()),
    await give('Ben', 'ben@example.org'),
    await give('Ben 1700000000-abcdef-3', 'ben@elsewhere.example.org'),
    await give('Cleo', 'ben-1700000000-abcdef-4@example.org'),
    await give('Ben 1700000000-abcdef-5', 'ben-1700000000-abcdef-5@example.org'),
  ]
  const { apiKey } = await cocalc.callControl('/keys', { accountId: owner })
  await make('projects.createProject', { title: 'Years of work' }, { key: apiKey })
  return [
    entry(flora.id, 'Flora'),
    entry(flora.id, 'Flora 1700000000-abcdef-1'),
    entry(ada, 'Ada 1700000000-abcdef-1'),
    entry(byEve, 'Ben 1700000000-abcdef-2'),
    entry(byEve, 'Ben 1700000000-abcdef-2', { account: eve.id }),
    entry(byHand, 'Ben'),
    entry(otherAddress, 'Ben 1700000000-abcdef-3'),
    entry(otherName, 'Ben 1700000000-abcdef-4'),
    entry(owner, 'Ben 1700000000-abcdef-5'),
    entry(NOWHERE, OURS),
    unanswered('Ben 1700000000-abcdef-2'),
    unanswered('Ben 1700000000-abcdef-2', { account: eve.id }),
    unanswered('Ben'),
    unanswered('Ben 1700000000-abcdef-4'),
  ]
}

async function organizations(): Promise<Stranger[]> {
  const [byHand, ofOtherRun] = [
    await make('org.create', { name: 'Botanists' }),
    await make('org.create', { name: OTHER_RUN }, asEve()),
  ]
  return [
    entry(byHand, 'Botanists'),
    entry(byHand, OURS),
    entry(ofOtherRun, OURS),
    entry(ofOtherRun, OTHER_RUN, { account: eve.id }),
    entry(NOWHERE, OURS),
    unanswered(OURS),
    unanswered('Botanists'),
    unanswered(OTHER_RUN, { account: eve.id }),
  ]
}

async function messages(): Promise<Stranger[]> {
  const send = (subject: string, more = {}): Promise<number> => make('messages.send', { subject, body: 'b', to_ids: [ada] }, more)
  const [floras, next, evens, byHand, ofOtherRun] = [
    await send('Seeds', asFlora()),
    await send(OURS, asFlora()),
    await send(OURS, asEve()),
    await send('Seeds'),
    await send(OTHER_RUN),
  ]
  return [
    entry(floras, OURS),
    entry(next, OURS),
    entry(evens, OURS, { account: eve.id }),
    entry(byHand, 'Seeds'),
    entry(byHand, OURS),
    entry(ofOtherRun, OURS),
    entry(2 ** 30, OURS),
    unanswered(OURS),
    unanswered('Seeds'),
    unanswered(OURS, { account: eve.id }),
  ]
}

async function tokens(): Promise<Stranger[]> {
  const member = await make('org.createUser', {
    name: 'Bystanders',
    email: 'dora@example.org',
    firstName: 'Dora 1700000000-abcdef-6',
  })
  await make('org.addUser', { name: 'Bystanders', user: flora.id })
  const token = async (user: string, more = {}): Promise<string> =>
    fingerprintOf((await make<{ token: string }>('org.createToken', { user }, more)).token)
  const [ofFlora, byEve] = [await token(flora.id), await token(member, asEve())]
  const name = 'pass for Dora 1700000000-abcdef-6'
  return [
    entry(ofFlora, name, { for: flora.id }),
    entry(ofFlora, 'pass for Flora', { for: flora.id }),
    entry(ofFlora, name, { for: member }),
    entry(byEve, name, { for: member }),
    entry(byEve, name, { for: member, account: eve.id }),
    entry(fingerprintOf('unknown'), name, { for: member }),
    unanswered(name, { for: member }),
    { ...unanswered('pass for Flora 1700000000-abcdef-1', { for: flora.id }), at: 0 },
  ]
}

async function memberships(): Promise<Stranger[]> {
  await make('org.addUser', { name: 'Bystanders', user: flora.id })
  const name = `${flora.id} in ${OURS}`
  const data = { member: flora.id, before: '', organization: OURS }
  return [
    entry(flora.id, name, data),
    entry(flora.id, name, { ...data, organization: 'Bystanders' }),
    entry(flora.id, name, { ...data, before: 'Bystanders' }),
    entry(flora.id, name, { ...data, account: eve.id }),
    entry(NOWHERE, name, { ...data, member: NOWHERE }),
    unanswered(name, data),
  ]
}

async function keys(): Promise<Stranger[]> {
  const create = async (name: string, more = {}): Promise<number> =>
    (await make<{ id: number }[]>('system.manageApiKeys', { action: 'create', name }, more))[0]?.id ?? 0
  const [floras, byHand, evens] = [await create(OURS, asFlora()), await create('Notebook'), await create(OURS, asEve())]
  const seeded = await withDatabase(
    cocalc,
    async (sql) => (await sql.query('SELECT min(id) AS id FROM public.api_keys')).rows[0].id,
  )
  return [
    entry(floras, OURS),
    entry(byHand, 'Notebook'),
    entry(byHand, OURS),
    entry(evens, OURS, { account: eve.id }),
    entry(seeded, 'seeded'),
    entry(seeded, OURS),
    entry(2 ** 30, OURS),
    unanswered(OURS),
    unanswered('Notebook'),
  ]
}

const strangers = {
  project: projects,
  account: accounts,
  organization: organizations,
  message: messages,
  token: tokens,
  membership: memberships,
  key: keys,
}

const clients = async (by: string) => runtime.clients(await run.ownAccess('cocalc'), by)

/** The database is proven to be this server's by an API key, before it is first looked at. */
async function look(): Promise<unknown> {
  await clients('Ada')
  return everything(cocalc)
}

const world = () => ({ service: 'cocalc', undo, clients, look, strangers })

describe('things of others on CoCalc', () => {
  before(() => open((variables) => variables))
  after(close)
  leavesStrangersAlone(world, Object.keys(undo))
})

describe('things of others on a CoCalc whose database is not known', () => {
  before(() => open(({ PGHOST: _host, ...variables }) => variables))
  after(close)
  leavesStrangersAlone(world, Object.keys(undo))
})

describe('things of others on CoCalc when the database is another one', () => {
  let other: CocalcWire
  before(async () => {
    other = await bareCocalc()
    await open((variables) => ({ ...variables, PGDATABASE: other.variables.PGDATABASE ?? '' }))
  })
  after(async () => {
    await close()
    await other.stop()
  })
  leavesStrangersAlone(() => ({ ...world(), look: async () => [await look(), await everything(other)] }), Object.keys(undo))
})
