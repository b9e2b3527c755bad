import { createHmac } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { expect } from 'chai'
import { bareColony, type Wire } from './support/server'

let colony: Wire
before(async () => {
  colony = await bareColony({ Ada: {}, Ben: {} })
})
after(() => colony.stop())

/** The example of RFC 6238, appendix B, in Base32. */
const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'

/** The code of a window of 30 seconds, computed apart from the sandbox. @param ahead windows after the current one */
function codeOf(secret: string, ahead = 0): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  let bits = 0n
  for (const letter of secret) bits = bits * 32n + BigInt(letters.indexOf(letter))
  const key = Buffer.from(bits.toString(16).padStart((secret.length * 5) / 4, '0'), 'hex')
  const counter = Buffer.alloc(8)
  counter.writeUInt32BE(Math.floor(Date.now() / 30_000) + ahead, 4)
  const digest = createHmac('sha1', key).update(counter).digest()
  const at = (digest[19] ?? 0) & 15
  return String((digest.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

const ask = async (method: string, path: string, as: string, body?: object) => {
  const { status, body: got } = await colony.call(method, `/auth/2fa/${path}`, { as, ...(body ? { body } : {}) })
  return { status, code: got.detail?.code, ...got }
}
const exchange = async (who: string, totp_code?: string) => {
  const { status, body } = await colony.call('POST', '/auth/token', {
    body: { api_key: colony.people[who]?.apiKey, ...(totp_code === undefined ? {} : { totp_code }) },
  })
  return [status, body.detail?.code]
}
const enrol = async (who: string) => {
  const { secret, ticket, otpauth_uri } = await ask('POST', 'enroll', who)
  return { secret, ticket, otpauth_uri }
}

describe('two-factor authentication', () => {
  // COL-209
  test('enrolling changes nothing until a code proves that the caller has the secret', async () => {
    const { secret, ticket, otpauth_uri } = await enrol('Ada')
    expect(otpauth_uri).to.contain(`secret=${secret}`)
    expect(await ask('GET', 'status', 'Ada')).to.include({ enabled: false, recovery_codes_remaining: 0 })
    expect(await exchange('Ada')).to.deep.equal([200, undefined])
    for (const wrong of [{ code: '000000' }, { ticket: 'x' }, { secret: SECRET }]) {
      const body = { secret, ticket, code: codeOf(secret), ...wrong }
      expect(await ask('POST', 'confirm', 'Ada', body)).to.include({ status: 400, code: 'AUTH_2FA_INVALID' })
    }
    expect(await ask('POST', 'disable', 'Ada', { code: codeOf(secret) })).to.include({
      status: 409,
      code: 'AUTH_2FA_NOT_ENABLED',
    })
  })

  // COL-210, COL-211, COL-212, COL-213
  test('a token then needs a code, which serves once; a recovery code serves instead, once; switching off takes a code', async () => {
    const { secret, ticket } = await enrol('Ben')
    const enabled = await ask('POST', 'confirm', 'Ben', { secret, ticket, code: codeOf(secret) })
    expect(enabled).to.include({ enabled: true, recovery_codes_remaining: 10 })
    const [first = '', second = '']: string[] = enabled.recovery_codes
    expect(await ask('POST', 'enroll', 'Ben')).to.include({ status: 409, code: 'AUTH_2FA_ALREADY_ENABLED' })
    expect(await exchange('Ben')).to.deep.equal([401, 'AUTH_2FA_REQUIRED'])
    expect(await exchange('Ben', '000000')).to.deep.equal([401, 'AUTH_2FA_INVALID'])
    const next = codeOf(secret, 1)
    expect(await exchange('Ben', next)).to.deep.equal([200, undefined])
    expect(await exchange('Ben', next)).to.deep.equal([401, 'AUTH_2FA_INVALID'])
    expect(await exchange('Ben', codeOf(secret))).to.deep.equal([401, 'AUTH_2FA_INVALID'])
    expect(await exchange('Ben', first)).to.deep.equal([200, undefined])
    expect(await exchange('Ben', first)).to.deep.equal([401, 'AUTH_2FA_INVALID'])
    expect(await ask('GET', 'status', 'Ben')).to.include({ enabled: true, recovery_codes_remaining: 9 })
    expect(await ask('POST', 'disable', 'Ben', { code: first })).to.include({ status: 400, code: 'AUTH_2FA_INVALID' })
    expect(await ask('POST', 'disable', 'Ben', { code: second })).to.include({ enabled: false, recovery_codes_remaining: 0 })
    expect(await exchange('Ben')).to.deep.equal([200, undefined])
  })

  test('new recovery codes end the old ones', async () => {
    const own = await bareColony({ Cleo: { totp: SECRET } })
    after(() => own.stop())
    const post = (path: string, body: object) => own.call('POST', path, { as: own.tokens.Cleo ?? '', body })
    const token = (totp_code: string) =>
      own.call('POST', '/auth/token', { body: { api_key: own.people.Cleo?.apiKey, totp_code } })
    own.tokens.Cleo = (await token(codeOf(SECRET))).body.access_token
    const [old] = (await post('/auth/2fa/recovery-codes/regenerate', { code: codeOf(SECRET, 1) })).body.recovery_codes
    const renewed = await post('/auth/2fa/recovery-codes/regenerate', { code: old })
    expect(renewed.body.recovery_codes_remaining).to.equal(10)
    expect((await token(old)).body.detail.code).to.equal('AUTH_2FA_INVALID')
    expect((await token(renewed.body.recovery_codes[0])).status).to.equal(200)
  })
})
