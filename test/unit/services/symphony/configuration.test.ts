import { generateKeyPairSync } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { expect } from 'chai'
import { temporaryFolder } from '../../../../sandbox/kit/test/temporary'
import { UsageError } from '../../../../support/config/errors'
import { Redactor } from '../../../../support/config/redaction'
import { secretsIn } from '../../../../support/config/secrets'
import { decideTargets } from '../../../../support/run/targets'
import { proofFrom, usedCredential } from '../../../../support/services/symphony/credentials'
import { baseUrl, hostsFrom } from '../../../../support/services/symphony/hosts'
import { symphony } from '../../../../support/services/symphony/service'
import { jwtFor } from '../../../../support/services/symphony/sessions'

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 })
const KEY = privateKey.export({ type: 'pkcs1', format: 'pem' }) as string
const CERTIFICATE = '-----BEGIN CERTIFICATE-----\nMIIBHjCBxaADAgECAhB1\n-----END CERTIFICATE-----\n'

const WHOLE = {
  SYMPHONY_HOST: 'mycompany.symphony.com',
  SYMPHONY_BOT_USERNAME: 'my-bot',
  SYMPHONY_BOT_PRIVATE_KEY_CONTENT: KEY,
  SYMPHONY_TEST_ROOM_NAME: 'E2E Test Room',
  SYMPHONY_TEST_USER_NAME: 'jsmith',
}
const decided = (environment: Record<string, string>) => decideTargets([symphony], environment, undefined)

describe('conditions for a live run of Symphony', () => {
  // SYM-001
  test('all variables: live; none: the sandbox; a part: an error with the missing ones', () => {
    expect(decided(WHOLE).targets[0]?.kind).to.equal('live')
    expect(decided({}).targets[0]?.kind).to.equal('sandbox')
    for (const name of Object.keys(WHOLE)) {
      const { [name as keyof typeof WHOLE]: _left, ...part } = WHOLE
      const { errors } = decided(part)
      expect(errors.join(), name).to.include(name).and.to.include('half configured')
    }
  })

  test('any one of the four proofs is enough', () => {
    const { SYMPHONY_BOT_PRIVATE_KEY_CONTENT: _left, ...rest } = WHOLE
    for (const [name, value] of [
      ['SYMPHONY_BOT_PRIVATE_KEY_PATH', '/some/key.pem'],
      ['SYMPHONY_BOT_COMBINED_CERT_PATH', '/some/combined.pem'],
      ['SYMPHONY_BOT_COMBINED_CERT_CONTENT', KEY + CERTIFICATE],
    ] as const)
      expect(decided({ ...rest, [name]: value }), name).to.deep.include({ errors: [] })
  })

  test('incomplete credentials are an error that does not show the value', () => {
    for (const [name, value] of [
      ['SYMPHONY_BOT_PRIVATE_KEY_CONTENT', 'not a key'],
      ['SYMPHONY_BOT_COMBINED_CERT_CONTENT', KEY],
      ['SYMPHONY_BOT_COMBINED_CERT_CONTENT', CERTIFICATE],
      ['SYMPHONY_HOST', 'no host at all'],
    ] as const) {
      const faults = decided({ ...WHOLE, [name]: value }).errors.join()
      expect(faults, name).to.include(name).and.not.include(value)
    }
  })

  test('of several credentials the first in order counts, and the opening table shows which', () => {
    const all = {
      SYMPHONY_BOT_COMBINED_CERT_CONTENT: KEY + CERTIFICATE,
      SYMPHONY_BOT_COMBINED_CERT_PATH: '/c',
      SYMPHONY_BOT_PRIVATE_KEY_CONTENT: KEY,
    }
    expect(usedCredential(all)).to.match(/^key of SYMPHONY_BOT_PRIVATE_KEY_CONTENT \(not SYMPHONY_BOT_COMBINED_CERT_PATH, /)
    expect(usedCredential({ SYMPHONY_BOT_COMBINED_CERT_PATH: '/c' })).to.equal('certificate of SYMPHONY_BOT_COMBINED_CERT_PATH')
    expect(usedCredential({})).to.equal(undefined)
    const path = join(temporaryFolder(), 'key.pem')
    writeFileSync(path, KEY)
    const fields = { keyPath: path, keyContent: 'x', certificatePath: 'x', certificateContent: 'x' }
    expect(proofFrom(fields)).to.deep.equal({ kind: 'key', pem: KEY, from: 'SYMPHONY_BOT_PRIVATE_KEY_PATH' })
  })

  // SYM-003
  test('a proof is read from a file or as it is, with line ends written out, too', () => {
    expect(proofFrom({ keyContent: KEY.replaceAll('\n', '\\n') }).pem).to.equal(KEY)
    const path = join(temporaryFolder(), 'combined.pem')
    writeFileSync(path, KEY + CERTIFICATE)
    expect(proofFrom({ certificatePath: path })).to.include({ kind: 'certificate', pem: KEY + CERTIFICATE })
    expect(() => proofFrom({ keyPath: '/nowhere/key.pem' })).to.throw('SYMPHONY_BOT_PRIVATE_KEY_PATH names a file')
    expect(() => proofFrom({ certificateContent: KEY })).to.throw('must contain a certificate')
    expect(() => proofFrom({ keyContent: '-----BEGIN ENCRYPTED PRIVATE KEY-----' })).to.throw('passphrase')
    expect(() => proofFrom({})).to.throw('SYMPHONY_BOT_PRIVATE_KEY_PATH or')
  })
})

describe('the pass a key makes', () => {
  // SYM-002
  test('names the bot and lasts less than five minutes', async () => {
    const [header = '', claims = ''] = (await jwtFor('my-bot', KEY)).split('.')
    const read = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString())
    expect(read(header)).to.deep.equal({ alg: 'RS512', typ: 'JWT' })
    const { exp, ...rest } = read(claims)
    expect(rest).to.deep.equal({ sub: 'my-bot' })
    expect(exp - Date.now() / 1_000).to.be.within(230, 300)
  })

  test('a key of another kind, or one that is too short, is reported in plain words', async () => {
    const pkcs8 = { type: 'pkcs8', format: 'pem' } as const
    const { privateKey: curve } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const { privateKey: short } = generateKeyPairSync('rsa', { modulusLength: 1_024 })
    for (const [key, says] of [
      [curve.export(pkcs8), 'not an RSA key in PEM'],
      [short.export(pkcs8), '2048 bits'],
      ['-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----', 'not an RSA key in PEM'],
    ] as const) {
      const error = await jwtFor('my-bot', String(key)).catch((thrown: unknown) => thrown)
      expect(error).to.be.instanceOf(UsageError).with.property('message').that.includes(says)
    }
  })
})

describe('where everything is', () => {
  test('on the pod’s host unless a variable is set; https unless given', () => {
    const at = (settings: Record<string, string>) => hostsFrom((name) => settings[name], 'pod.example')
    const pod = 'https://pod.example'
    expect(at({})).to.deep.equal({ pod, agent: pod, sessionAuth: pod, keyManager: pod })
    expect(at({ SYMPHONY_SESSION_AUTH_HOST: 'auth.example:8444' })).to.deep.equal({
      ...{ pod, agent: pod },
      sessionAuth: 'https://auth.example:8444',
      keyManager: 'https://auth.example:8444',
    })
    expect(at({ SYMPHONY_AGENT_HOST: 'http://127.0.0.1:1/', SYMPHONY_KEY_MANAGER_HOST: 'km' })).to.include({
      agent: 'http://127.0.0.1:1',
      keyManager: 'https://km',
    })
    expect(baseUrl('https://x/')).to.equal('https://x')
  })
})

describe('redaction', () => {
  test('no line of a key or a certificate is shown, however it is spelled', () => {
    const combined = KEY + CERTIFICATE
    const environment = { ...WHOLE, SYMPHONY_BOT_COMBINED_CERT_CONTENT: combined }
    const redactor = new Redactor(secretsIn([symphony], environment))
    const lines = combined.split('\n').filter((line) => line !== '' && !line.startsWith('-----'))
    expect(lines.length).to.be.greaterThan(20)
    const spellings = [
      combined,
      combined.replaceAll('\n', '\\n'),
      JSON.stringify({ key: combined }),
      encodeURIComponent(combined),
      combined.replaceAll('\n', '&#10;'),
      Buffer.from(combined).toString('base64'),
      Buffer.from(combined).toString('base64url'),
      Buffer.from(combined).toString('hex'),
      lines.join(''),
      ...lines.map((line) => `… ${line} …`),
    ]
    for (const spelled of spellings) {
      const clean = redactor.text(spelled)
      for (const line of lines) {
        expect(clean, `a line of the PEM in ${spelled.slice(0, 40)}…`).to.not.include(line)
        expect(clean).to.not.include(Buffer.from(line).toString('base64').slice(2, -4))
        expect(clean).to.not.include(Buffer.from(line).toString('hex'))
      }
    }
  })
})
