import { after, before, describe, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { expect } from 'chai'
import { bareCocalc, type CocalcWire } from '../../../../sandbox/cocalc/test/support/server'
import { needs } from '../../../../sandbox/kit/test/needs'
import { bystand } from '../../../support/cocalc-bystanders'
import { everything } from '../../../support/cocalc-database'
import { bodyOf, forward } from '../../../support/forwarding'
import { serve } from '../../../support/server'
import { featuresOf, SuiteCopy } from '../../../support/suite-copy'

const suite = new SuiteCopy(featuresOf('cocalc'))
const ONE = ['features/cocalc/organizations.feature', 'features/cocalc/collaborators.feature']
const SEVERAL = [...ONE, 'features/cocalc/members.feature', 'features/cocalc/messages.feature', 'features/cocalc/files.feature']

let cocalc: CocalcWire
let live: Record<string, string>
before(async () => {
  cocalc = await bareCocalc()
  await bystand(cocalc)
  await cocalc.callControl('/host', { ignoresDuringTransition: true, kernelsOutlive: true })
  live = { ...cocalc.variables, ALLOW_DESTRUCTIVE: 'cocalc' }
})
after(async () => {
  await cocalc.stop()
  suite.remove()
})

/** A sweep with access to the database removes what a run has left on purpose. */
async function sweepAll(): Promise<void> {
  const swept = await suite.tool('sweep', [], live)
  expect(swept.code, swept.stdout + swept.stderr).to.equal(0)
}

describe('CoCalc live', () => {
  // COC-S01
  test('without a key everything is skipped with what to set, and fails where CoCalc is required', async () => {
    const { code, stdout } = await suite.run(['--profile', 'live'])
    expect(code, stdout).to.equal(0)
    expect(stdout).to.match(/(\d+) scenarios \(\1 skipped\)/)
    expect(stdout).to.match(/to run it: COCALC_API_KEY$/m)
    expect((await suite.run(['--profile', 'live'], { ACCEPTANCE_REQUIRE: 'cocalc' })).code).to.equal(1)
  })

  // COC-S09
  test('all scenarios that need no project of their own use one, which is removed at the end', async () => {
    const before = await everything(cocalc)
    const calls: { name: string; project_id?: string }[] = []
    const proxy = await serve(async (request, response) => {
      const body = await bodyOf(request)
      if (request.url?.startsWith('/api/conat/')) calls.push(JSON.parse(String(body)))
      const reply = await forward(cocalc.variables.COCALC_HOST ?? '', request, body)
      response.writeHead(reply.status, reply.headers).end(reply.body)
    })
    const { code, stdout, stderr } = await suite.run(['features/cocalc/commands.feature'], { ...live, COCALC_HOST: proxy })
    expect(code, stdout + stderr).to.equal(0)
    const created = calls.filter(({ name }) => name === 'projects.createProject')
    const used = calls.filter(({ name }) => name === 'system.exec').map(({ project_id }) => project_id)
    expect([created.length, new Set(used).size], 'projects created and used').to.deep.equal([1, 1])
    expect(used).to.have.length.greaterThan(3)
    expect(await everything(cocalc)).to.deep.equal(before)
  })

  // COC-S04
  test('a run leaves not one row in any table', needs('python'), async () => {
    const before = await everything(cocalc)
    const { code, stdout, stderr } = await suite.run([], live)
    expect(code, stdout + stderr).to.equal(0)
    expect(stdout).to.match(/^(\d+) scenarios \(\1 passed\)$/m)
    expect(await everything(cocalc)).to.deep.equal(before)
    expect(stdout).to.match(/CoCalc's database: (\d+) rows made \(.*\), \1 removed, none left/)
    expect(stdout).to.not.include(cocalc.variables.COCALC_API_KEY)
    expect(suite.journals()).to.deep.equal([])
  })

  // COC-S04
  test('neither does one whose scenarios fail, side by side', async () => {
    const before = await everything(cocalc)
    await cocalc.callControl('/faults', { kind: 'wrong-status', on: 'hub org.get', status: 500 })
    const { code, stdout } = await suite.run([...SEVERAL, '--parallel', '3', '--order', 'random'], live)
    await fetch(`${cocalc.control}/faults`, { method: 'DELETE' })
    expect(code, stdout).to.equal(1)
    expect(stdout).to.match(/\d+ failed/)
    expect(await everything(cocalc)).to.deep.equal(before)
  })

  // COC-S05
  test('with the clean-up off leftovers are listed by id, and a sweep with it removes them', async () => {
    const [before, known] = [await everything(cocalc), await cocalc.rows()]
    const { stdout, stderr } = await suite.run(ONE, { ...live, COCALC_TESTS_CLEANUP: 'false' })
    expect(stderr).to.include('COCALC_TESTS_CLEANUP is false')
    const { accounts } = await cocalc.rows()
    expect(accounts, 'accounts that stay').to.have.length.greaterThan(before.rows.accounts?.length ?? 0)
    expect(stdout).to.match(/cocalc organization [0-9a-f-]{36} "Botany \d{10}-/)
    const stays = await cocalc.rows()
    for (const kind of ['account', 'organization']) {
      const listed = [...stdout.matchAll(new RegExp(`cocalc ${kind} ([0-9a-f-]{36})`, 'g'))].map(([, id]) => id)
      const made = (stays[`${kind}s`] ?? []).filter((id) => !known[`${kind}s`]?.includes(id))
      expect(listed.sort(), `each ${kind} that stays`).to.deep.equal(made.sort())
    }
    await sweepAll()
    expect(await everything(cocalc)).to.deep.equal(before)
  })

  // COC-S06
  test('without a database projects are only marked as deleted; this is reported at start and end, and is an error in strict mode', async () => {
    const before = await everything(cocalc)
    const known = (await cocalc.rows()).projects ?? []
    const { PGHOST: _host, ...homeless } = live
    const { code, stdout, stderr } = await suite.run(['features/cocalc/collaborators.feature'], homeless)
    expect(code, stdout).to.equal(0)
    expect(stderr).to.include('PGHOST is not set')
    const made = ((await cocalc.rows()).projects ?? []).filter((id) => !known.includes(id))
    const listed = [...stdout.matchAll(/cocalc project ([0-9a-f-]{36})/g)].map(([, id]) => id)
    const query = { projects_all: [{ project_id: { ANY: made }, title: { LIKE: 'Herbarium %' }, deleted: null }] }
    const { projects_all: marked } = await cocalc.hub('db.userQuery', { query })
    expect(marked).to.have.length.greaterThan(0)
    const ids = marked.map(({ project_id }: { project_id: string }) => project_id)
    expect(listed, 'the projects in the list at the end').to.include.members(ids)
    expect(marked.every(({ deleted }: { deleted?: boolean }) => deleted)).to.equal(true)
    const strict = await suite.run(ONE, { ...homeless, ACCEPTANCE_STRICT_CLEANUP: '1' })
    expect(strict.code).to.equal(1)
    expect(strict.stderr).to.include('PGHOST is not set')
    await sweepAll()
    expect(await everything(cocalc)).to.deep.equal(before)
  })

  /** A run that has begun to make things. */
  async function underWay(args: readonly string[]) {
    const accounts = async () => (await cocalc.rows()).accounts?.length ?? 0
    const enough = (await accounts()) + 1
    const run = suite.start(args, live)
    for (let tries = 0; tries < 1_000 && (await accounts()) < enough; tries++) await pause(10)
    await pause(Math.random() * 500)
    return run
  }

  test('after an interrupt it undoes its creations before it ends', async () => {
    const before = await everything(cocalc)
    for (const args of [[], ['--parallel', '3']]) {
      const run = await underWay(args)
      run.child.kill('SIGINT')
      const { code, stdout, stderr } = await run.ended
      expect(code, stdout + stderr).to.equal(130)
      expect(await everything(cocalc), stderr).to.deep.equal(before)
    }
  })

  // COC-S10
  test('after SIGKILL the sweep finds what is left, whether or not its creation was confirmed', async () => {
    const before = await everything(cocalc)
    for (const args of [[], ['--parallel', '3']]) {
      const run = await underWay(args)
      run.child.kill('SIGKILL')
      await run.ended
      // A creation that was not sent, or is still pending, keeps its entry open, so only the rows are compared.
      const swept = await suite.tool('sweep', [], live)
      expect(await everything(cocalc), swept.stdout + swept.stderr).to.deep.equal(before)
    }
  })

  // COC-S11
  test('a clean-up that cannot work is reported before anything is created', async () => {
    const before = await everything(cocalc)
    const { code, stderr } = await suite.run(ONE, { ...live, PGPORT: '1' })
    expect(code).to.equal(1)
    expect(stderr).to.match(/The run cannot start:\n {2}- CoCalc's clean-up cannot use the database/)
    expect(stderr).to.not.include(cocalc.variables.PGPASSWORD)
    expect((await suite.run(ONE, { ...live, PGDATABASE: 'postgres' })).stderr).to.match(/it is no database of CoCalc's/)
    expect(await everything(cocalc)).to.deep.equal(before)
  })

  test('an unusable key is reported likewise: an unknown one, or that of a project', async () => {
    const unknown = await suite.run(ONE, { ...live, COCALC_API_KEY: 'sk-AAAAAAAAAAAAAAAA000099' })
    expect(unknown.stderr).to.match(/CoCalc does not accept COCALC_API_KEY/)
    const id = await cocalc.hub('projects.createProject', { title: 'Keyed' })
    const { secret } = (await cocalc.hub('system.manageApiKeys', { action: 'create', project_id: id }))[0]
    const before = await everything(cocalc)
    const foreign = await suite.run(ONE, { ...live, COCALC_API_KEY: secret })
    expect(foreign.stderr).to.match(/is the key of a single project/)
    expect((await everything(cocalc)).rows.accounts).to.deep.equal(before.rows.accounts)
  })

  test('and so is a second key of the same account, of a site admin, or of no account', async () => {
    const errorWith = async (second: string | undefined) =>
      (await suite.run(ONE, { ...live, COCALC_API_KEY_2: second ?? '' })).stderr
    expect(await errorWith(live.COCALC_API_KEY)).to.match(/COCALC_API_KEY_2 .* the same account as COCALC_API_KEY/)
    expect(await errorWith('sk-AAAAAAAAAAAAAAAA000099')).to.match(/CoCalc does not accept COCALC_API_KEY_2/)
    const email = 'another-admin@example.org'
    const accountId = await cocalc.hub('org.createUser', { name: 'nowhere', email })
    const { apiKey } = await cocalc.callControl('/keys', { accountId })
    await cocalc.callControl('/accounts', { accountId, admin: true })
    expect(await errorWith(apiKey)).to.match(/COCALC_API_KEY_2 is the key of a site admin/)
  })

  test('with the key of an ordinary account the scenarios that need a site admin are skipped with that reason', async () => {
    const { apiKey } = await cocalc.person('Dan')
    const { code, stdout } = await suite.run(['features/cocalc/members.feature'], { ...live, COCALC_API_KEY: apiKey })
    expect(code, stdout).to.equal(0)
    expect(stdout).to.match(/the account of the key is no site admin/)
  })
})

describe('CoCalc on a build machine', () => {
  // COC-S03
  const computing = 'the thirteen scenarios that run cells, and one of our own'
  test(`with CI exactly true ${computing}, are skipped with the reason`, needs('python'), async () => {
    const { code, stdout } = await suite.run(['--profile', 'sandbox', '--tags', '@resource-intensive'], {
      CI: 'true',
    })
    expect(code, stdout).to.equal(0)
    expect(stdout).to.match(/^14 scenarios \(14 skipped\)$/m)
    expect(stdout).to.match(/it takes much of the machine and CI is true/)
    expect(stdout).to.match(/RUN_RESOURCE_INTENSIVE=1/)
  })
})
