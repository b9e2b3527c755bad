import { createHmac } from 'node:crypto'
import { describe, test } from 'node:test'
import { expect } from 'chai'
import { isGenuine } from '../../../../support/services/colony/receiver'

const SECRET = 'a-secret-of-sixteen'
const now = 1_700_000_000_000

function delivery(body: string, time = now / 1_000) {
  const hmac = (text: string): string => createHmac('sha256', SECRET).update(text).digest('hex')
  return {
    body,
    headers: { 'x-colony-signature': hmac(body), 'x-colony-signature-256': `t=${time},v1=${hmac(`${time}.${body}`)}` },
  }
}

describe('signatures of webhook calls', () => {
  test('the right ones pass', () => {
    expect(isGenuine(delivery('{"event":"mention"}'), SECRET, now)).to.equal(true)
  })

  test('another secret, another body or another time do not', () => {
    const right = delivery('{"event":"mention"}')
    expect(isGenuine(right, 'another-secret-here', now)).to.equal(false)
    expect(isGenuine({ ...right, body: '{"event":"payment_received"}' }, SECRET, now)).to.equal(false)
    expect(isGenuine(delivery('{}', now / 1_000 - 301), SECRET, now)).to.equal(false)
    expect(isGenuine({ body: '{}', headers: {} }, SECRET, now)).to.equal(false)
  })
})
