import { after, before, describe, test } from 'node:test'
import { expect } from 'chai'
import type { RunningSandbox } from '../../../sandbox/kit/sandbox'
import { startSlack } from '../../../sandbox/slack/server'
import { filesBelow, ROOT } from '../../support/runner'
import { SuiteCopy } from '../../support/suite-copy'

const own = Object.entries(filesBelow(`${ROOT}/features/slack`)).map(([path, text]) => [`slack/${path}`, text])
const suite = new SuiteCopy(Object.fromEntries(own))
/** Scenarios that live take what most accounts do not have, or what is found instead of made. */
const BENS = ['--name', 'Ben spoke last|Ada cannot|Ben says that he is away|Ada passes Ben']
const FOUND = ['--name', 'Ada is not in the channel|Somebody joined']

let slack: RunningSandbox
let settings: Record<string, string>
before(async () => {
  slack = await startSlack()
  const { SLACK_USER_TOKEN: _token, ...rest } = slack.variables
  settings = { ...rest, ACCEPTANCE_STRICT_CLEANUP: '1' }
})
after(async () => {
  await slack.stop()
  suite.remove()
})

const left = async (stdout: string): Promise<unknown> => {
  const mark = /Acceptance run (\S+)/.exec(stdout)?.[1] ?? ''
  return ((await (await fetch(`${slack.control}/existing?mark=${mark}`)).json()) as { existing: unknown }).existing
}

/** Somebody else of the workspace. */
async function another(wish: object = {}): Promise<{ userToken: string; userId: string }> {
  const people = [{ ...wish, name: 'Cleo' }]
  const headers = { 'content-type': 'application/json' }
  const body = JSON.stringify({ group: 'seeded', people })
  const answer = await fetch(`${slack.control}/people`, { method: 'POST', headers, body })
  return ((await answer.json()) as { people: { Cleo: { userToken: string; userId: string } } }).people.Cleo
}

const state = async (): Promise<unknown> => (await fetch(`${slack.control}/state`)).json()

async function asked(method: string, token: string, args: Record<string, string> = {}): Promise<{ profile: object }> {
  const headers = { authorization: `Bearer ${token}` }
  const answer = await fetch(`${slack.address}${method}`, { method: 'POST', headers, body: new URLSearchParams(args) })
  return (await answer.json()) as { profile: object }
}

describe('Slack live', () => {
  test('what Ben does himself is done by his own token, and nothing of it is left', async () => {
    const { code, stdout } = await suite.run(BENS, { ...settings, ...slack.variables })
    expect(code, stdout).to.equal(0)
    expect(stdout).to.include('5 scenarios (5 passed)')
    expect(await left(stdout)).to.deep.equal([])
  })

  test('his status is put back whole, with the time it ends', async () => {
    const token = slack.variables.SLACK_USER_TOKEN ?? ''
    const profile = { status_text: 'At lunch', status_emoji: ':pizza:', status_expiration: 4_000_000_000 }
    await asked('users.profile.set', token, { profile: JSON.stringify(profile) })
    const { code, stdout } = await suite.run(['--name', 'Ben says what he is doing'], { ...settings, ...slack.variables })
    expect(code, stdout).to.equal(0)
    expect((await asked('users.profile.get', token)).profile).to.include(profile)
  })

  test('without it all that is skipped, saying so', async () => {
    const { code, stdout } = await suite.run(BENS, settings)
    expect(code, stdout).to.equal(0)
    expect(stdout).to.include('5 scenarios (5 skipped)').and.to.include('SLACK_USER_TOKEN')
  })

  test('the token of somebody else is told from Ben’s before anything is said or set by it', async () => {
    const { userToken, userId } = await another()
    const before = await state()
    const { code, stderr } = await suite.run(['--name', 'Ada cannot change|Ben says'], {
      ...settings,
      SLACK_USER_TOKEN: userToken,
    })
    expect(code).to.equal(1)
    expect(stderr).to.include(`SLACK_USER_TOKEN is the token of ${userId}`).and.to.include('SLACK_TEST_USER_NAME')
    expect(await state()).to.deep.equal(before)
  })

  test('where Ben may not do it, it is skipped, saying what his own token or he himself lacks', async () => {
    const lacking: [object, RegExp][] = [
      [{ lacks: ['chat:write'] }, /Ben’s own token lacks a scope: it needs chat:write.*User Token Scopes/],
      [{ outside: true }, /Ben is not in the channel.*SLACK_TEST_CHANNEL_NAME/],
    ]
    for (const [wish, says] of lacking) {
      const { userToken, userId } = await another(wish)
      const his = { ...settings, SLACK_USER_TOKEN: userToken, SLACK_TEST_USER_NAME: userId }
      const { code, stdout } = await suite.run(['--name', 'Ada cannot change'], his)
      expect(code, stdout).to.equal(0)
      expect(stdout).to.match(says).and.to.include('1 scenario (1 skipped)')
    }
  })

  test('another channel and somebody’s arrival are found, with several workers, too', async () => {
    const { code, stdout } = await suite.run([...FOUND, '--parallel', '2'], settings)
    expect(code, stdout).to.equal(0)
    expect(stdout).to.include('3 scenarios (2 passed, 1 skipped)')
    expect(await left(stdout)).to.deep.equal([])
  })
})
