import { describe, it } from 'node:test'
import { expect } from 'chai'
import { Redactor } from '../../../support/config/redaction'
import { Exchanges } from '../../../support/http/exchanges'

const EXCHANGE = {
  method: 'POST',
  url: 'https://service.example/things?page=2&api_key=fresh-one',
  requestBody: { email: 'mary@example.com', password: 'swordfish' },
  status: 200,
  response: { token: 'brand-new', url: 'https:/auth/impersonate?auth_token=brand-new&next=1', says: 'x'.repeat(3_000) },
  milliseconds: 3,
}

describe('a call in a report', () => {
  it('hides fields and parts of addresses that contain an unknown credential', () => {
    const text = new Exchanges(new Redactor()).render(EXCHANGE)
    for (const secret of ['fresh-one', 'swordfish', 'brand-new']) expect(text).to.not.include(secret)
    expect(text).to.include('page=2').and.to.include('next=1')
  })

  it('truncates bodies to 2 kB and shows their length', () => {
    expect(new Exchanges(new Redactor()).text(EXCHANGE.response)).to.match(/x… \(\d+ bytes\)$/)
  })

  it('masks e-mail addresses live, because they may belong to real people', () => {
    const live = new Exchanges(new Redactor(), undefined, true)
    expect(live.render(EXCHANGE)).to.include('***@example.com').and.to.not.include('mary')
    expect(new Exchanges(new Redactor()).render(EXCHANGE)).to.include('mary@example.com')
  })
})
