import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, describe, test } from 'node:test'
import { expect } from 'chai'
import type { RunningSandbox } from '../../../../sandbox/kit/sandbox'
import { startSymphony } from '../../../../sandbox/symphony/server'
import { filesBelow } from '../../../support/runner'
import { featuresOf, SuiteCopy } from '../../../support/suite-copy'

const FAILING = `Feature: Going wrong
  Scenario: A look at the calls of a failure
    When Ada sends "One red glove"
    Then it is the channel they all talk in
`
const suite = new SuiteCopy(featuresOf('symphony'))

let pod: RunningSandbox
const secrets = new Set<string>()
const calls: string[] = []
let settings: Record<string, string>

/** A line to the pod on which every call with its status, and every secret that passes, is noted. */
const proxy = createServer(async (request, reply) => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  const body = Buffer.concat(chunks)
  const { host: _host, connection: _connection, 'content-length': _length, ...headers } = request.headers
  const init = { method: request.method ?? 'GET', headers: headers as Record<string, string> }
  const answer = await fetch(`${pod.address}${request.url}`, body.length > 0 ? { ...init, body } : init)
  calls.push(`${request.method} ${request.url?.split('?')[0]} ${answer.status}`)
  const text = Buffer.from(await answer.arrayBuffer())
  if (answer.ok && request.url?.includes('/authenticate'))
    for (const one of [body, text]) secrets.add(JSON.parse(String(one)).token)
  reply.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' }).end(text)
})

before(async () => {
  pod = await startSymphony()
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  const { port } = proxy.address() as AddressInfo
  const { SYMPHONY_BOT_USERNAME, SYMPHONY_TEST_ROOM_NAME, SYMPHONY_TEST_USER_NAME } = pod.variables as Record<string, string>
  settings = {
    SYMPHONY_HOST: `http://127.0.0.1:${port}`,
    SYMPHONY_BOT_USERNAME,
    SYMPHONY_TEST_ROOM_NAME,
    SYMPHONY_TEST_USER_NAME,
  } as typeof settings
})
after(async () => {
  proxy.closeAllConnections()
  proxy.close()
  await pod.stop()
  suite.remove()
})

const pem = (variable: string): string => readFileSync(pod.variables[variable] ?? '', 'utf8')
const marks = (stdout: string): string => /Acceptance run (\S+)/.exec(stdout)?.[1] ?? ''
const left = async (runId: string): Promise<unknown> =>
  ((await (await fetch(`${pod.control}/existing?runId=${runId}`)).json()) as { existing: unknown }).existing

describe('Symphony live', () => {
  // SYM-001, SYM-093
  test('without any credential everything is skipped, with the variables to set', async () => {
    const { code, stdout } = await suite.run(['--profile', 'live'])
    expect(code, stdout).to.equal(0)
    expect(stdout).to.match(/(\d+) scenarios \(\1 skipped\)/)
    for (const name of ['SYMPHONY_HOST', 'SYMPHONY_BOT_PRIVATE_KEY_PATH or SYMPHONY_BOT_PRIVATE_KEY_CONTENT'])
      expect(stdout).to.include(name)
  })

  // SYM-002, SYM-110
  test('with a key all pass or are skipped with a reason, in one session, and nothing is left', async () => {
    calls.length = 0
    const key = { SYMPHONY_BOT_PRIVATE_KEY_CONTENT: pem('SYMPHONY_BOT_PRIVATE_KEY_PATH') }
    const { code, stdout } = await suite.run([], { ...settings, ...key, ACCEPTANCE_STRICT_CLEANUP: '1' })
    expect(code, stdout).to.equal(0)
    expect(stdout).to.include('key of SYMPHONY_BOT_PRIVATE_KEY_CONTENT')
    expect(stdout).to.match(/\(\d+ skipped, \d+ passed\)|\d+ passed/)
    expect(await left(marks(stdout)), 'what is left of the run').to.deep.equal([])
    const count = (call: string): number => calls.filter((one) => one === call).length
    const own = ['as configured', 'with the key as text', 'to sign out', 'to run out', 'after that'].length
    expect(count('POST /login/pubkey/authenticate 200'), 'the run’s session, and those of scenarios about them').to.equal(1 + own)
    expect(count('POST /login/pubkey/authenticate 401'), 'a foreign key, an unknown name, an expired JWT').to.equal(3)
    expect(count('POST /sessionauth/v1/logout 200'), 'sessions that were ended').to.equal(1 + own)
  })

  // SYM-003
  test('with a certificate, over HTTPS, it is the same', async () => {
    const { SYMPHONY_SESSION_AUTH_HOST = '', SYMPHONY_CA_PATH = '', SYMPHONY_BOT_COMBINED_CERT_PATH = '' } = pod.variables
    const secure = { SYMPHONY_HOST: SYMPHONY_SESSION_AUTH_HOST, SYMPHONY_CA_PATH }
    const { code, stdout } = await suite.run(['--parallel', '2'], { ...settings, ...secure, SYMPHONY_BOT_COMBINED_CERT_PATH })
    expect(code, stdout).to.equal(0)
    expect(stdout).to.include('certificate of SYMPHONY_BOT_COMBINED_CERT_PATH')
    expect(await left(marks(stdout)), 'what is left of the run').to.deep.equal([])
  })

  test('a key that does not match is reported once, before anything runs', async () => {
    const { generateKeyPairSync } = await import('node:crypto')
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 })
    const wrong = privateKey.export({ type: 'pkcs8', format: 'pem' }) as string
    const { code, stderr } = await suite.run([], { ...settings, SYMPHONY_BOT_PRIVATE_KEY_CONTENT: wrong })
    expect(code).to.equal(1)
    expect(stderr).to.include('SYMPHONY_BOT_PRIVATE_KEY_CONTENT (401')
  })

  test('a missing entitlement skips only the scenarios that need it, with its name', async () => {
    const { SYMPHONY_BOT_USERNAME: username = '', SYMPHONY_BOT_PRIVATE_KEY_PATH = '' } = pod.variables
    const lacking = (lacks: string[]) =>
      fetch(`${pod.control}/entitlements`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ username, lacks }),
      })
    await lacking(['canCreatePrivateRoom', 'updatePresence'])
    const flows = ['rooms', 'presence', 'mentions'].map((flow) => `features/symphony/${flow}.feature`)
    const { code, stdout } = await suite.run(flows, { ...settings, SYMPHONY_BOT_PRIVATE_KEY_PATH })
    await lacking([])
    expect(code, stdout).to.equal(0)
    expect(stdout).to.match(/the bot lacks the entitlement to create private rooms; to run it: .*administrator/)
    expect(stdout).to.match(/the bot lacks the privilege to update its presence/)
    expect(stdout).to.match(/[4-9] passed/)
  })

  test('no line of the key and no token is in any output, failures and debugging included', async () => {
    suite.write('features/symphony/wrong.feature', FAILING)
    const text = pem('SYMPHONY_BOT_PRIVATE_KEY_PATH')
    const set = { ...settings, SYMPHONY_BOT_PRIVATE_KEY_CONTENT: text, ACCEPTANCE_DEBUG: '1' }
    const { code, stdout, stderr } = await suite.run(
      ['features/symphony/wrong.feature', 'features/symphony/authentication.feature'],
      set,
    )
    expect(code).to.equal(1)
    expect(stderr).to.include('/login/pubkey/authenticate')
    const lines = text.split('\n').filter((one) => one !== '' && !one.startsWith('-----'))
    const outputs = { stdout, stderr, ...filesBelow(`${suite.folder}/reports`), ...filesBelow(`${suite.folder}/.acceptance`) }
    expect(secrets.size, 'tokens and JWTs that passed').to.be.greaterThan(6)
    for (const [name, output] of Object.entries(outputs))
      for (const secret of [...secrets, ...lines]) expect(output.includes(secret), `a secret in ${name}`).to.equal(false)
  })
})
