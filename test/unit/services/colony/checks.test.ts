import { describe, test } from 'node:test'
import { expect } from 'chai'
import { classifyFailure } from '../../../../support/services/colony/failures'
import { RateLimitCheck } from '../../../../support/services/colony/rate-limit'
import { refusals } from '../../../../support/services/colony/refusals'
import { expectTotal } from '../../../../support/services/colony/tasks/checks'

const NOW = 1_800_000_000_000
const RESET = String(NOW / 1_000 + 60)

function faultsOf(limit?: string, remaining?: string, reset?: string): string[] {
  const check = new RateLimitCheck()
  const all = { 'x-ratelimit-limit': limit, 'x-ratelimit-remaining': remaining, 'x-ratelimit-reset': reset }
  const headers = Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))
  check.see(Object.fromEntries(headers) as Record<string, string>, NOW)
  return check.faults
}

describe('the rate limit headers of a response', () => {
  test('are three whole numbers that fit, or none', () => {
    expect(faultsOf('120', '119', RESET)).to.deep.equal([])
    expect(faultsOf()).to.deep.equal([])
  })

  test('one of them alone, a text, more left than allowed, and a window of another time are faults', () => {
    for (const wrong of [
      ['120', '119'],
      ['120', 'many', RESET],
      ['12', '119', RESET],
      ['120', '119', '179580'],
      ['120', '119', String(NOW / 1_000 + 9_000)],
    ] as const)
      expect(faultsOf(...wrong), wrong.join()).to.have.length(1)
  })
})

describe('a total', () => {
  const pages = (real: number, claimed: number) => async (offset: number) => {
    return { items: offset < real ? [offset] : [], total: claimed, has_more: offset + 1 < claimed }
  }
  const outcome = (real: number, claimed: number): Promise<string> =>
    expectTotal(claimed, pages(real, claimed)).then(
      () => 'fits',
      () => 'does not fit',
    )

  test('counts exactly what the list has', async () => {
    expect(await Promise.all([outcome(0, 0), outcome(7, 7)])).to.deep.equal(['fits', 'fits'])
    expect(await Promise.all([outcome(7, 8), outcome(7, 6), outcome(0, 1)])).to.deep.equal(Array(3).fill('does not fit'))
  })
})

describe('the code of a refusal', () => {
  const codeOf = (status: number, code: string) =>
    classifyFailure({ status, headers: {}, data: { detail: { message: 'No', code } } })?.code

  test('counts with its own status only; a code that is not documented goes with any', () => {
    expect(codeOf(404, 'NOT_FOUND')).to.equal('NOT_FOUND')
    expect(codeOf(409, 'NOT_FOUND')).to.equal('NOT_FOUND with status 409')
    expect(codeOf(418, 'TEAPOT')).to.equal('TEAPOT')
  })
})

describe('a refusal of one field', () => {
  const entry = { type: 'string_too_short', loc: ['query', 'q'], msg: 'String should have at least 2 characters' }
  const isMeant = (...entries: object[]): boolean => {
    const says = classifyFailure({ status: 422, headers: {}, data: { detail: entries } })?.says ?? ''
    return refusals['the search text is too short']?.says?.test(says) ?? false
  }

  test('names it and no other, where it is and what is wrong with it', () => {
    expect(isMeant(entry)).to.equal(true)
    expect(isMeant({ ...entry, input: 'c', ctx: { min_length: 2 } })).to.equal(true)
    for (const loc of [['query'], ['q', 'query'], ['query', 'q', 'q'], ['body', 'q'], ['query', 'p'], []])
      expect(isMeant({ ...entry, loc, msg: 'Wrong' }), loc.join()).to.equal(false)
    expect(isMeant({ ...entry, type: 'missing' }), 'another reason').to.equal(false)
    expect(isMeant(entry, entry), 'two entries').to.equal(false)
  })
})
