import { readFileSync } from 'node:fs'
import { after, before, describe, test } from 'node:test'
import { expect } from 'chai'
import { bareCocalc, type CocalcWire } from '../../../../sandbox/cocalc/test/support/server'
import { bystand } from '../../../support/cocalc-bystanders'
import { everyRow, everything, withDatabase } from '../../../support/cocalc-database'
import { bodyOf, forward } from '../../../support/forwarding'
import { serve } from '../../../support/server'
import { featuresOf, SuiteCopy } from '../../../support/suite-copy'

const suite = new SuiteCopy(featuresOf('cocalc'))
/** Makes projects, accounts, organizations and messages. */
const SOME = ['features/cocalc/announcements.feature', 'features/cocalc/collaborators.feature', '--tags', 'not @destructive']

let cocalc: CocalcWire
let live: Record<string, string>
before(async () => {
  cocalc = await bareCocalc()
  await bystand(cocalc)
  live = { ...cocalc.variables }
})
after(async () => {
  await cocalc.stop()
  suite.remove()
})

const sweep = (environment: Record<string, string>) => suite.tool('sweep', [], environment)

/** A run that leaves all it made, so that there is a journal to sweep. */
async function leaveAll(): Promise<void> {
  const { code, stdout, stderr } = await suite.run(SOME, { ...live, COCALC_TESTS_CLEANUP: 'false' })
  expect(code, stdout + stderr).to.equal(0)
  expect(suite.journals()).to.have.length(1)
}

/** With the right settings the same journal is finished. */
async function expectSwept(wanted: unknown): Promise<void> {
  const { code, stdout, stderr } = await sweep(live)
  expect(code, stdout + stderr).to.equal(0)
  expect(await everything(cocalc)).to.deep.equal(wanted)
  expect(suite.journals()).to.deep.equal([])
}

const login = ({ variables }: CocalcWire) =>
  Object.fromEntries(Object.entries(variables).filter(([name]) => name.startsWith('PG')))

describe('a database that is not this CoCalc’s', () => {
  let other: CocalcWire
  before(async () => {
    other = await bareCocalc()
    await bystand(other)
  })
  after(() => other.stop())

  // COC-S12
  test('is reported before anything is created', async () => {
    const [here, there] = [await everything(cocalc), await everything(other)]
    const { code, stderr } = await suite.run(SOME, { ...live, ...login(other) })
    expect(code).to.equal(1)
    expect(stderr).to.match(
      /clean-up cannot use the database .*it is another CoCalc's: the account \S+ of the API key is not in it/,
    )
    expect(await everything(cocalc)).to.deep.equal(here)
    expect(await everything(other)).to.deep.equal(there)
  })

  test('is not touched by a sweep, which closes no entry', async () => {
    const [before, there] = [await everything(cocalc), await everything(other)]
    await leaveAll()
    const { code, stdout } = await sweep({ ...live, ...login(other) })
    expect(code).to.equal(1)
    expect(stdout).to.match(/its row stays: .*it is another CoCalc's: the account \S+ of the API key is not in it/)
    expect(stdout).to.not.match(/: (removed|not there|never made)/m)
    expect(await everything(other)).to.deep.equal(there)
    await expectSwept(before)
  })

  // COC-S12
  test('is recognised even where it is a copy that has the account', async () => {
    const before = await everything(cocalc)
    const [ada] = await withDatabase(cocalc, async (sql) => {
      const { account_id } = await cocalc.hub('system.test')
      return (await sql.query('SELECT to_jsonb(a) AS row FROM public.accounts AS a WHERE account_id = $1', [account_id])).rows
    })
    await withDatabase(other, (sql) =>
      sql.query('INSERT INTO public.accounts SELECT * FROM jsonb_populate_record(NULL::public.accounts, $1)', [ada.row]),
    )
    const there = await everything(other)
    const { code, stdout, stderr } = await suite.run(SOME, { ...live, ...login(other) })
    expect(code, stderr).to.equal(1)
    expect(stdout).to.match(
      /clean-up cannot use the database .*it is not the one this server writes to: what the server has just stored/,
    )
    expect(await everything(cocalc)).to.deep.equal(before)
    await leaveAll()
    expect((await sweep({ ...live, ...login(other) })).code).to.equal(1)
    expect(await everything(other)).to.deep.equal(there)
    await expectSwept(before)
  })
})

test('in a database that counts its messages from 1 again, those that now have the numbers stay', async () => {
  await leaveAll()
  const flora = await cocalc.person('Flora')
  const made = await withDatabase(cocalc, async (sql) => {
    const { rows } = await sql.query('SELECT max(id) AS id FROM public.messages')
    await sql.query('TRUNCATE public.messages RESTART IDENTITY')
    return Number(rows[0].id)
  })
  for (let number = 1; number <= made; number++)
    await cocalc.hub(
      'messages.send',
      { subject: 'Seeds', body: 'b', to_ids: [flora.id] },
      number % 2 ? { key: flora.apiKey } : {},
    )
  const { messages } = await everyRow(cocalc)
  const { code, stdout } = await sweep(live)
  expect(code, stdout).to.equal(1)
  expect(stdout).to.match(/cocalc message \d+ .*left alone.* the message number \d+ is another account's/)
  expect(stdout).to.match(/cocalc message \d+ .*left alone.* the message number \d+ has another subject/)
  expect((await everyRow(cocalc)).messages).to.deep.equal(messages)
  await withDatabase(cocalc, (sql) => sql.query('TRUNCATE public.messages RESTART IDENTITY'))
  const again = await sweep(live)
  expect(again.code, again.stdout).to.equal(0)
  expect(again.stdout).to.match(/cocalc message \d+ ".*": not there$/m)
  expect(again.stdout).to.not.match(/: removed$/m)
})

test('a message with a wrong id in its response is found by its subject, and the one with that id stays', async () => {
  const { apiKey: key, id } = await cocalc.person('Flora')
  const foreign: number = await cocalc.hub('messages.send', { subject: 'Seeds', body: 'b', to_ids: [id] }, { key })
  const before = await everything(cocalc)
  const address = await serve(async (request, response) => {
    const body = await bodyOf(request)
    const isSend = (JSON.parse(String(body)) as { name?: string }).name === 'messages.send'
    const reply = await forward(cocalc.address, request, body)
    if (isSend) response.writeHead(reply.status, { 'content-type': 'application/json' }).end(String(foreign))
    else response.writeHead(reply.status, reply.headers).end(reply.body)
  })
  const arguments_ = ['features/cocalc/messages.feature', '--name', 'A message is sent to its recipient alone']
  const { code, stdout } = await suite.run(arguments_, { ...live, COCALC_HOST: address })
  expect(code, stdout).to.equal(1)
  expect(stdout).to.match(/id and sender of the message/)
  expect(await everything(cocalc)).to.deep.equal(before)
})

test('an old journal with the current key of another account changes nothing', async () => {
  const eve = await cocalc.person('Eve')
  await cocalc.callControl('/accounts', { accountId: eve.id, admin: true })
  const before = await everything(cocalc)
  await leaveAll()
  const [journal = ''] = suite.journals()
  const whole = readFileSync(journal, 'utf8')
  // A creation without a response, an hour ago, is not closed as never made either.
  const entry = {
    key: '9-9',
    service: 'cocalc',
    kind: 'project',
    name: 'Herbarium 1700000000-abcdef-1',
    by: 'Ada',
    ends: 'removed',
  }
  const intent = { ...entry, at: Date.now() - 3_600_000, data: { account: (await cocalc.hub('system.test')).account_id } }
  suite.write(journal.slice(suite.folder.length), `${whole}${JSON.stringify({ intent })}\n`)
  const left = await everything(cocalc)
  const { code, stdout } = await sweep({ ...live, COCALC_API_KEY: eve.apiKey })
  expect(code).to.equal(1)
  expect(stdout).to.not.match(/: (removed|not there|never made)/m)
  expect(stdout).to.match(/it was made by the account \S+, and today's API key is one of \S+$/m)
  expect(await everything(cocalc)).to.deep.equal(left)
  await expectSwept(before)
})

test('a run with the key of another account than the one meant for tests does not start', async () => {
  const before = await everything(cocalc)
  const { code, stderr } = await suite.run(SOME, { ...live, COCALC_TEST_ACCOUNT: 'tests@example.org' })
  expect(code).to.equal(1)
  expect(stderr).to.match(/COCALC_TEST_ACCOUNT is tests@example.org, but the credentials of CoCalc belong to ada-\S+@example.org/)
  expect(await everything(cocalc)).to.deep.equal(before)
})
