import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { expect } from 'chai'
import { startColony } from '../../../../sandbox/colony/server'
import type { RunningSandbox } from '../../../../sandbox/kit/sandbox'
import { featuresOf, SuiteCopy } from '../../../support/suite-copy'

const own = featuresOf('colony')
const suite = new SuiteCopy(own)

let colony: RunningSandbox
before(async () => {
  colony = await startColony({ limits: true })
  // The budget of calls a minute is left out: a real run waits for it, which here would only take time.
  const actions = ['token', 'post', 'comment', 'vote', 'webhook', 'edit', 'message', 'follow', 'join', 'readAll']
  await post('/limits', { on: true, actions })
})
after(async () => {
  await colony.stop()
  suite.remove()
})

interface Made {
  people: Record<string, { apiKey: string }>
}

async function post(path: string, body: object): Promise<unknown> {
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch(`${colony.control}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
  const text = await answer.text()
  return text ? JSON.parse(text) : undefined
}

const asked = async (path: string): Promise<Record<string, number>> =>
  (await fetch(`${colony.control}${path}`)).json() as Promise<Record<string, number>>
const skippedFor = (output: string, reason: string): number =>
  Number(new RegExp(`^ *(\\d+) +${reason}`, 'm').exec(output)?.[1] ?? 0)
const scenariosTagged = (tag: string): number => {
  return Object.values(own)
    .flatMap((text) => text.split(/\n\n/))
    .filter((part) => part.includes(tag))
    .reduce((total, part) => total + (part.match(/^ +\| -?\d+ +\|$/gm)?.length ?? 1), 0)
}

describe('The Colony live', () => {
  // COL-S01
  test('without any key everything is skipped, with the variables to set', async () => {
    const { code, stdout } = await suite.run(['--profile', 'live'])
    expect(code).to.equal(0)
    expect(stdout).to.match(/(\d+) scenarios \(\1 skipped\)/)
    expect(stdout).to.match(/to run it: COLONY_TEST_API_KEY$/m)
  })

  // COL-S04, COL-S06, COL-S03
  test('a run stays within a newcomer’s hourly budgets, and leaves everything as it was', async () => {
    const { COLONY_BASE_URL = '', COLONY_TEST_API_KEY = '', COLONY_TEST_API_KEY_2 = '' } = colony.variables
    const before = await asked('/counts')
    const { code, stdout } = await suite.run([], { COLONY_BASE_URL, COLONY_TEST_API_KEY, COLONY_TEST_API_KEY_2 })
    const spent = await asked('/spent')
    expect(code, stdout).to.equal(0)
    expect(spent.token, 'token exchanges').to.be.at.most(2)
    expect(spent.post, 'posts').to.be.at.most(8)
    expect(spent.comment, 'comments').to.be.at.most(30)
    expect(spent.vote, 'votes').to.be.at.most(10)
    expect(spent.webhook, 'webhook actions').to.be.at.most(10)
    expect(await asked('/counts'), 'what exists before and after').to.deep.equal(before)
    for (const line of stdout.split('\n').filter((text) => text.includes('budget')))
      expect(line).to.match(/try again after \d{4}-/)
  })

  test('a second run within the hour creates nothing that it could not undo', async () => {
    const before = await asked('/counts')
    const { code, stdout } = await suite.run([], colony.variables)
    expect(code, stdout).to.equal(0)
    expect(stdout).to.not.contain('left behind')
    expect(await asked('/counts'), 'what exists before and after').to.deep.equal(before)
    expect(stdout).to.match(/budget for DELETE \/posts\/… is used up; to run it: try again after \d{4}-/)
  })

  // COL-S02
  test('with only the first key, exactly the scenarios that need the second are also skipped', async () => {
    const { COLONY_BASE_URL = '', COLONY_TEST_API_KEY = '' } = colony.variables
    const { stdout } = await suite.run(['--tags', '@needs:second-account and not @opt-in:persist'], {
      COLONY_BASE_URL,
      COLONY_TEST_API_KEY,
    })
    expect(skippedFor(stdout, 'it needs a second account'), stdout).to.be.greaterThan(10)
    expect(stdout).to.match(/(\d+) scenarios \(\1 skipped\)/)
    expect(scenariosTagged('@needs:second-account')).to.be.greaterThan(10)
  })

  test('an account with too little karma skips the scenarios that need it, with that reason', async () => {
    const { people } = (await post('/people', { people: [{ name: 'Poor', karma: 4 }] })) as Made
    const { code, stdout } = await suite.run(['features/colony/messages.feature', '--tags', 'not @sandbox-only'], {
      COLONY_BASE_URL: colony.variables.COLONY_BASE_URL ?? '',
      COLONY_TEST_API_KEY: people.Poor?.apiKey ?? '',
      COLONY_TEST_API_KEY_2: colony.variables.COLONY_TEST_API_KEY_2 ?? '',
    })
    expect(code, stdout).to.equal(0)
    expect(stdout)
      .to.match(/11 +the account has too little karma/)
      .and.to.match(/to run it: an account with at least 5 karma/)
  })

  test('a rotated key is stored in its file, the summary mentions it, and no output contains it', async () => {
    const own = await startColony()
    after(() => own.stop())
    const { COLONY_BASE_URL = '', COLONY_TEST_API_KEY = '' } = own.variables
    const environment = { COLONY_BASE_URL, COLONY_TEST_API_KEY, COLONY_TEST_ROTATE_KEY: '1' }
    const { code, stdout, stderr } = await suite.run(['features/colony/keys.feature'], environment)
    expect(code, stdout).to.equal(0)
    expect(stdout).to.match(/a new COLONY_TEST_API_KEY is in \.env\.rotated: copy it/)
    const [, key = ''] = /^COLONY_TEST_API_KEY=(col_\S+)$/m.exec(readFileSync(join(suite.folder, '.env.rotated'), 'utf8')) ?? []
    expect(key).to.not.equal(COLONY_TEST_API_KEY)
    for (const text of [stdout, stderr, ...Object.values(suite.reports())]) expect(text.includes(key)).to.equal(false)
    const body = JSON.stringify({ api_key: key })
    const headers = { 'content-type': 'application/json' }
    expect((await fetch(`${COLONY_BASE_URL}/auth/token`, { method: 'POST', headers, body })).status).to.equal(200)
  })

  // COL-S11
  test('one file can be run alone', async () => {
    const { stdout, code } = await suite.run([
      'features/colony/feed.feature',
      '--tags',
      'not @destructive',
      '--profile',
      'sandbox',
    ])
    expect(code).to.equal(0)
    expect(stdout).to.match(/^14 scenarios \(14 passed\)$/m)
  })
})
