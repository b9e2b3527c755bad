import { createPublicKey, X509Certificate } from 'node:crypto'
import { after, describe, test } from 'node:test'
import { expect } from 'chai'
import { SignJWT } from 'jose'
import { bareSymphony, jwtOf, knock, ownPod } from './support/server'

const wire = ownPod({
  Ada: { certificate: 'trusted' },
  Ben: {},
  Cleo: { kind: 'bot', certificate: 'untrusted' },
  Dan: { kind: 'bot', certificate: 'trusted', lacks: ['certificateAuthentication', 'agentAccess'] },
})

const who = (name: string) =>
  wire().people[name] as { username: string; keyContent: string; certificateContent: string; id: string }
const authenticate = (context: string, token: unknown) =>
  wire().call('POST', `${context}/pubkey/authenticate`, { as: null, body: { token } })

describe('authentication by RSA key', () => {
  test('one JWT is exchanged for both tokens, which later calls accept', async () => {
    const token = await jwtOf(who('Ada').username, who('Ada').keyContent)
    const [session, manager] = [await authenticate('/login', token), await authenticate('/relay', token)]
    expect([session.status, session.body.name, manager.status, manager.body.name]).to.deep.equal([
      ...[200, 'sessionToken'],
      ...[200, 'keyManagerToken'],
    ])
    const headers = { sessionToken: session.body.token, keyManagerToken: manager.body.token }
    const me = await wire().call('GET', '/pod/v2/sessioninfo', { as: null, headers })
    expect([me.status, me.body.username]).to.deep.equal([200, who('Ada').username])
    expect((await wire().call('GET', '/agent/v5/datafeeds', { as: null, headers })).body).to.deep.equal([])
  })

  // SYM-004
  test('an invalid JWT is refused with 401 and the reason', async () => {
    const { username, keyContent } = who('Ada')
    const hour = Math.floor(Date.now() / 1_000) + 200
    const cases: [string, unknown, RegExp][] = [
      ['nobody', await jwtOf('nobody', keyContent), /no service account/],
      ['a human', await jwtOf(who('Ben').username, keyContent), /no service account/],
      ['key of another bot', await jwtOf(username, who('Cleo').keyContent), /signature/],
      ['expired', await jwtOf(username, keyContent, { seconds: -5 }), /expired/],
      ['too long', await jwtOf(username, keyContent, { seconds: 400 }), /5 minutes/],
      ['RS256', await jwtOf(username, keyContent, { alg: 'RS256' }), /RS512/],
      [
        'secret as key',
        await new SignJWT({ sub: username, exp: hour })
          .setProtectedHeader({ alg: 'HS512' })
          .sign(Buffer.from(createPublicKey(keyContent).export({ type: 'spki', format: 'pem' }))),
        /RS512/,
      ],
      ['garbage', 'not.a.jwt', /malformed/],
      ['nothing', undefined, /missing/],
    ]
    for (const [name, token, says] of cases)
      for (const context of ['/login', '/relay']) {
        const { status, body } = await authenticate(context, token)
        expect([status, body.code], name).to.deep.equal([401, 401])
        expect(body.message, name).to.match(says)
      }
  })

  test('without exp it is refused', async () => {
    const { createPrivateKey } = await import('node:crypto')
    const token = await new SignJWT({ sub: who('Ada').username })
      .setProtectedHeader({ alg: 'RS512' })
      .sign(createPrivateKey(who('Ada').keyContent))
    expect((await authenticate('/login', token)).status).to.equal(401)
  })

  test('a deactivated account can sign in nowhere, and its session is invalid', async () => {
    const own = await bareSymphony({ Ada: {} })
    after(() => own.stop())
    await own.callControl('/accounts', { username: own.people.Ada?.username, active: false })
    expect((await own.call('GET', '/pod/v2/sessioninfo')).body).to.deep.equal({ code: 401, message: 'Invalid session' })
    const token = await jwtOf(own.people.Ada?.username ?? '', own.people.Ada?.keyContent ?? '')
    const { status, body } = await own.call('POST', '/login/pubkey/authenticate', { as: null, body: { token } })
    expect([status, body.message]).to.deep.equal([401, 'The account is deactivated'])
  })
})

describe('authentication by certificate', () => {
  test('a trusted certificate is exchanged for both tokens, without body or content type', async () => {
    const names = []
    for (const context of ['/sessionauth', '/keyauth']) {
      const { status, body } = await knock(wire(), `${context}/v1/authenticate`, who('Ada').certificateContent)
      expect(status).to.equal(200)
      names.push(body.name)
    }
    expect(names).to.deep.equal(['sessionToken', 'keyManagerToken'])
  })

  // SYM-004
  test('no certificate 400, an untrusted one 403, one that may not be used 403', async () => {
    const statuses = []
    for (const pem of [undefined, who('Cleo').certificateContent, who('Dan').certificateContent])
      statuses.push((await knock(wire(), '/sessionauth/v1/authenticate', pem)).status)
    expect(statuses).to.deep.equal([400, 403, 403])
    expect((await wire().call('POST', '/sessionauth/v1/authenticate', { as: null })).status, 'over plain HTTP').to.equal(400)
  })

  test('the common name is the username, and the authority is the sandbox’s own', () => {
    const certificate = new X509Certificate(/-----BEGIN CERTIFICATE[\s\S]*/.exec(who('Ada').certificateContent)?.[0] ?? '')
    expect(certificate.subject).to.equal(`CN=${who('Ada').username}`)
    expect(certificate.issuer).to.equal('CN=Symphony sandbox authority')
  })

  test('RSA and everything else work over HTTPS, too', async () => {
    const { status, body } = await knock(wire(), '/login/pubkey/authenticate')
    expect([status, body.message]).to.deep.equal([401, 'The JWT is missing'])
  })
})

describe('sessions', () => {
  test('none, one of another pod, and an expired one are invalid', async () => {
    for (const path of ['/pod/v2/sessioninfo', '/pod/v2/user/presence', '/agent/v5/datafeeds']) {
      for (const headers of [{}, { sessionToken: 'made-up', keyManagerToken: 'made-up' }]) {
        const { status, body } = await wire().call('GET', path, { as: null, headers })
        expect([status, body], path).to.deep.equal([401, { code: 401, message: 'Invalid session' }])
      }
    }
  })

  test('the agent requires both tokens, of the same account', async () => {
    const { username, keyContent } = who('Ada')
    const { body } = await authenticate('/login', await jwtOf(username, keyContent))
    const alone = await wire().call('GET', '/agent/v5/datafeeds', { as: null, headers: { sessionToken: body.token } })
    expect(alone.status).to.equal(401)
    const other = (await authenticate('/relay', await jwtOf(who('Cleo').username, who('Cleo').keyContent))).body.token
    const mixed = { sessionToken: body.token, keyManagerToken: other }
    expect((await wire().call('GET', '/agent/v5/datafeeds', { as: null, headers: mixed })).status).to.equal(401)
  })

  test('an account without access to the agent is refused there, and served by the pod', async () => {
    expect((await wire().call('GET', '/agent/v5/datafeeds', { as: 'Dan' })).status).to.equal(403)
    expect((await wire().call('GET', '/pod/v2/sessioninfo', { as: 'Dan' })).status).to.equal(200)
  })

  test('all tokens of an account can be expired, and logging out ends one', async () => {
    const own = await bareSymphony({ Ada: {}, Cleo: { kind: 'bot' } })
    after(() => own.stop())
    await own.callControl('/sessions/expire', { username: own.people.Ada?.username })
    expect((await own.call('GET', '/pod/v2/sessioninfo')).status).to.equal(401)
    expect((await own.call('POST', '/sessionauth/v1/logout', { as: 'Cleo' })).status).to.equal(200)
    expect((await own.call('GET', '/pod/v2/sessioninfo', { as: 'Cleo' })).status).to.equal(401)
    expect((await own.call('POST', '/sessionauth/v1/logout', { as: 'Cleo' })).status).to.equal(401)
  })

  test('the next response can be any refusal, once', async () => {
    await wire().callControl('/answers', { username: who('Ada').username, status: 429, retryAfter: 1, on: '/sessioninfo' })
    const limited = await wire().call('GET', '/pod/v2/sessioninfo')
    expect([limited.status, limited.body.code, limited.headers.get('retry-after')]).to.deep.equal([429, 429, '1'])
    expect((await wire().call('GET', '/pod/v2/sessioninfo')).status).to.equal(200)
  })
})
