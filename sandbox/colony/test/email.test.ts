import { after, before, describe, test } from 'node:test'
import { expect } from 'chai'
import { bareColony, type Wire } from './support/server'

let colony: Wire
before(async () => {
  colony = await bareColony({ Ada: {}, Ben: {}, Cleo: { karma: 9 } })
})
after(() => colony.stop())

const ask = (email: string, as = 'Ada') => colony.call('POST', '/auth/email', { as, body: { email } })
const shown = async (as = 'Ada') => (await colony.call('GET', '/auth/email', { as })).body
const verify = (token: string, as = 'Ada') => colony.call('POST', '/auth/email/verify', { as, body: { token } })
const mailsTo = async (to: string): Promise<{ purpose: string; token: string }[]> => {
  const found = (await (await fetch(`${colony.control}/mails?to=${encodeURIComponent(to)}`)).json()) as {
    mails: { purpose: string; token: string }[]
  }
  return found.mails
}
const tokenFor = async (to: string) => (await mailsTo(to)).at(-1)?.token ?? ''

describe('the e-mail address of an account', () => {
  // COL-214
  test('is not shown before its owner has proven it, and a pending change leaves the proven one', async () => {
    const asked = await ask(' Ada@Example.org ')
    expect([asked.status, asked.body.status, asked.body.email]).to.deep.equal([202, 'verification_pending', 'ada@example.org'])
    expect(await shown()).to.deep.equal({ email: null, email_verified: false })
    const token = await tokenFor('ada@example.org')
    expect((await verify(token, 'Ben')).body.detail.code).to.equal('EMAIL_TOKEN_INVALID')
    expect((await verify(token)).body).to.deep.equal({ email: 'ada@example.org', email_verified: true })
    expect((await verify(token)).body.detail.code).to.equal('EMAIL_TOKEN_INVALID')
    await ask('ada@example.com')
    expect(await shown()).to.deep.equal({ email: 'ada@example.org', email_verified: true })
  })

  test('that another account has gets the response of a free one, and no mail', async () => {
    const { status, body } = await ask('ada@example.org', 'Ben')
    expect([status, body.status]).to.deep.equal([202, 'verification_pending'])
    expect(await mailsTo('ada@example.org')).to.have.length(1)
  })

  test('takes ten karma, and can be removed', async () => {
    expect((await ask('cleo@example.org', 'Cleo')).body.detail.code).to.equal('KARMA_TOO_LOW')
    for (const as of ['Ada', 'Ben']) expect((await colony.call('DELETE', '/auth/email', { as })).body.status).to.equal('removed')
    expect(await shown()).to.deep.equal({ email: null, email_verified: false })
  })
})

describe('recovering an API key', () => {
  // COL-215
  test('gets the same response for a known and an unknown name; the mailed token gives a new key and ends the old one', async () => {
    const recover = (username = '') => colony.call('POST', '/auth/recover-key', { body: { username } })
    const exchange = (api_key: unknown) => colony.call('POST', '/auth/token', { body: { api_key } })
    await ask('ben@example.org', 'Ben')
    await verify(await tokenFor('ben@example.org'), 'Ben')
    const [known, unknown] = [await recover(colony.people.Ben?.username), await recover('nobody-here')]
    expect([known.status, known.body]).to.deep.equal([unknown.status, unknown.body]).and.to.have.property('0', 200)
    await recover(colony.people.Ben?.username)
    const tokens = (await mailsTo('ben@example.org')).filter(({ purpose }) => purpose === 'recover').map(({ token }) => token)
    const confirm = (token = '') => colony.call('POST', '/auth/recover-key/confirm', { body: { token } })
    const { status, body } = await confirm(tokens[0])
    expect(status).to.equal(200)
    expect((await exchange(colony.people.Ben?.apiKey)).status).to.equal(401)
    expect((await exchange(body.api_key)).status).to.equal(200)
    for (const token of tokens) expect((await confirm(token)).body.detail.code).to.equal('INVALID_INPUT')
  })
})
