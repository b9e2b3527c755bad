import { describe, test } from 'node:test'
import { expect } from 'chai'
import { Exchanges } from '../../../support/core/exchanges'
import { Redactor } from '../../../support/core/redaction'

describe('what a report shows of a call', () => {
  test('live, nobody’s e-mail address', () => {
    const exchanges = new Exchanges(new Redactor())
    const body = { user: { email: 'ada.lovelace@example.org' } }
    expect(exchanges.text(body)).to.contain('ada.lovelace@example.org')
    exchanges.isLive = true
    expect(exchanges.text(body)).to.equal('{"user":{"email":"***@example.org"}}')
  })

  test('no more than 2 kB, never half a character', () => {
    const text = new Exchanges(new Redactor()).text('é'.repeat(2_000))
    expect(text).to.match(/^é+… \(4000 bytes\)$/)
    expect(Buffer.byteLength(text)).to.be.lessThan(2_100)
  })

  test('no value of a field that holds a credential', () => {
    const text = new Exchanges(new Redactor()).text({ api_key: 'col_x', access_token: 'eyJ', note: 'fine' })
    expect(text).to.equal('{"api_key":"[hidden]","access_token":"[hidden]","note":"fine"}')
  })
})
