import { describe, test } from 'node:test'
import { expect } from 'chai'
import { clockSkew } from '../../../tools/doctor/clock'
import { serve } from '../../support/server'

const MINUTE = 60_000

describe('the doctor compares clocks', () => {
  const at = async (milliseconds: number) =>
    clockSkew(await serve((_request, answer) => answer.setHeader('Date', new Date(milliseconds).toUTCString()).end()))

  test('by the date of any response', async () => {
    expect(await at(Date.now())).to.deep.equal([{ ok: true, says: 'the clocks agree' }])
    const [line] = await at(Date.now() - 5 * MINUTE)
    expect(line?.ok).to.equal(false)
    expect(line?.says).to.match(/^this machine's clock is (299|300|301) s ahead of the service's$/)
  })

  test('and spoils no other finding where it cannot', async () => {
    expect(await clockSkew('http://127.0.0.1:9')).to.deep.equal([
      { ok: true, says: 'the clocks could not be compared (ECONNREFUSED)' },
    ])
  })

  test('never through a proxy on this machine', async () => {
    process.env.http_proxy = 'http://127.0.0.1:9'
    try {
      expect(await at(Date.now())).to.deep.equal([{ ok: true, says: 'the clocks agree' }])
    } finally {
      delete process.env.http_proxy
    }
  })
})
