import { after, before, describe, test } from 'node:test'
import { expect } from 'chai'
import type { RunningSandbox } from '../../../../sandbox/kit/sandbox'
import { startSlack } from '../../../../sandbox/slack/server'
import { serve } from '../../../support/server'
import { featuresOf, SuiteCopy } from '../../../support/suite-copy'

const suite = new SuiteCopy(featuresOf('slack'))
/** Scenarios that live need something that most accounts lack, or that is found instead of created. */
const BENS = [
  '--name',
  "The author of the latest Slack|cannot (edit|delete) another user's Slack|user who is away|forwards another user",
]
const FOUND = ['--name', 'A bot outside a channel|A join message']

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
  const runId = /Acceptance run (\S+)/.exec(stdout)?.[1] ?? ''
  return ((await (await fetch(`${slack.control}/existing?runId=${runId}`)).json()) as { existing: unknown }).existing
}

/** Another user of the workspace. */
async function another(wish: object = {}): Promise<{ userToken: string; userId: string }> {
  const people = [{ ...wish, name: 'Dan' }]
  const headers = { 'content-type': 'application/json' }
  const body = JSON.stringify({ group: 'seeded', people })
  const answer = await fetch(`${slack.control}/people`, { method: 'POST', headers, body })
  return ((await answer.json()) as { people: { Dan: { userToken: string; userId: string } } }).people.Dan
}

const state = async (): Promise<unknown> => (await fetch(`${slack.control}/state`)).json()

async function asked(method: string, token: string, args: Record<string, string> = {}): Promise<{ profile: object }> {
  const headers = { authorization: `Bearer ${token}` }
  const answer = await fetch(`${slack.address}${method}`, { method: 'POST', headers, body: new URLSearchParams(args) })
  return (await answer.json()) as { profile: object }
}

/** The private conversations of a user. */
async function conversationsOf(user: string): Promise<unknown[]> {
  const { channels } = (await state()) as { channels: [string, { kind: string; members: string[] }][] }
  return channels.filter(([, { kind, members }]) => ['im', 'mpim'].includes(kind) && members.includes(user))
}

/** A proxy for this Slack that always lists one person first. @returns its address */
function withNamesakeFirst(userId: string): Promise<string> {
  return serve(async (request, reply) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const { host: _host, connection: _connection, 'content-length': _length, ...headers } = request.headers
    const init = { method: 'POST', headers: headers as Record<string, string>, body: Buffer.concat(chunks) }
    const answer = await fetch(new URL(request.url ?? '/', slack.address), init)
    const type = answer.headers.get('content-type') ?? ''
    reply.writeHead(answer.status, { 'content-type': type, 'x-oauth-scopes': answer.headers.get('x-oauth-scopes') ?? '' })
    if (!request.url?.endsWith('users.list')) return void reply.end(Buffer.from(await answer.arrayBuffer()))
    const body = (await answer.json()) as { members: { id: string }[] }
    const members = body.members.sort((one, other) => Number(other.id === userId) - Number(one.id === userId))
    return void reply.end(JSON.stringify({ ...body, members }))
  }).then((origin) => `${origin}/api/`)
}

describe('Slack live', () => {
  test('Ben’s own actions use his own token, and nothing of them is left', async () => {
    const { code, stdout } = await suite.run(BENS, { ...settings, ...slack.variables })
    expect(code, stdout).to.equal(0)
    expect(stdout).to.include('5 scenarios (5 passed)')
    expect(await left(stdout)).to.deep.equal([])
  })

  test('his status is put back whole, with the time it ends', async () => {
    const token = slack.variables.SLACK_USER_TOKEN ?? ''
    const profile = { status_text: 'At lunch', status_emoji: ':pizza:', status_expiration: 4_000_000_000 }
    await asked('users.profile.set', token, { profile: JSON.stringify(profile) })
    const { code, stdout } = await suite.run(['--name', 'status is shown to others'], { ...settings, ...slack.variables })
    expect(code, stdout).to.equal(0)
    expect((await asked('users.profile.get', token)).profile).to.include(profile)
  })

  test('without it all that is skipped, saying so', async () => {
    const { code, stdout } = await suite.run(BENS, settings)
    expect(code, stdout).to.equal(0)
    expect(stdout).to.include('5 scenarios (5 skipped)').and.to.include('SLACK_USER_TOKEN')
  })

  test('another user’s token is distinguished from Ben’s before anything is posted or set with it', async () => {
    const { userToken, userId } = await another()
    const before = await state()
    const { code, stderr } = await suite.run(['--name', "cannot edit another user's Slack|status is shown"], {
      ...settings,
      SLACK_USER_TOKEN: userToken,
    })
    expect(code).to.equal(1)
    expect(stderr).to.include(`SLACK_USER_TOKEN is the token of ${userId}`).and.to.include('SLACK_TEST_USER_NAME')
    expect(await state()).to.deep.equal(before)
  })

  test('where Ben lacks a scope or a permission, the scenario is skipped with that reason', async () => {
    const lacking: [object, RegExp][] = [
      [{ lacks: ['chat:write'] }, /Ben’s own token lacks a scope: it needs chat:write.*User Token Scopes/],
      [{ outside: true }, /Ben is not in the channel.*SLACK_TEST_CHANNEL_NAME/],
    ]
    for (const [wish, says] of lacking) {
      const { userToken, userId } = await another(wish)
      const his = { ...settings, SLACK_USER_TOKEN: userToken, SLACK_TEST_USER_NAME: userId }
      const { code, stdout } = await suite.run(['--name', "cannot edit another user's Slack"], his)
      expect(code, stdout).to.equal(0)
      expect(stdout).to.match(says).and.to.include('1 scenario (1 skipped)')
    }
  })

  test('a user whose display name is the handle of Ben is not taken for him, even if listed before him', async () => {
    const { userId, userToken } = await another()
    const handle = slack.variables.SLACK_TEST_USER_NAME ?? ''
    await asked('users.profile.set', userToken, { profile: JSON.stringify({ display_name: handle }) })
    const through = await withNamesakeFirst(userId)
    const private_ = ['features/slack/private.feature', 'features/slack/lookup.feature']
    const { code, stdout } = await suite.run(private_, { ...settings, ...slack.variables, SLACK_API_URL: through })
    expect(code, stdout).to.equal(0)
    expect(await conversationsOf(userId)).to.deep.equal([])
  })

  test('where several people have the name in SLACK_TEST_USER_NAME, nothing is sent to any of them', async () => {
    const { userId, userToken } = await another()
    await asked('users.profile.set', userToken, { profile: JSON.stringify({ display_name: 'Ben' }) })
    const before = await state()
    const { code, stderr } = await suite.run(['features/slack/private.feature'], { ...settings, SLACK_TEST_USER_NAME: 'Ben' })
    expect(code).to.equal(1)
    expect(stderr)
      .to.match(/SLACK_TEST_USER_NAME: "Ben" is ambiguous: it fits @ben\.okafor .* and @dan\.lindqvist/)
      .and.to.include(userId)
    expect(await state()).to.deep.equal(before)
  })

  test('the run reports its account, and stops if it is not the test account', async () => {
    const { code, stdout } = await suite.run(['--name', 'A plain Slack message'], {
      ...settings,
      SLACK_TEST_ACCOUNT: '@ada in Acceptance',
    })
    expect(code, stdout).to.equal(0)
    expect(stdout).to.include('ada in Acceptance')
    const wrong = await suite.run(['--name', 'A plain Slack message'], { ...settings, SLACK_TEST_ACCOUNT: 'U0SOMEBODY' })
    expect(wrong.code).to.equal(1)
    expect(wrong.stderr).to.match(/SLACK_TEST_ACCOUNT is U0SOMEBODY, but .* belong to ada in Acceptance \(U/)
  })

  test('another channel and a user who joined are found, also with several workers', async () => {
    const { code, stdout } = await suite.run([...FOUND, '--parallel', '2'], settings)
    expect(code, stdout).to.equal(0)
    expect(stdout).to.include('2 scenarios (2 passed)')
    expect(await left(stdout)).to.deep.equal([])
  })
})
