import { describe, test } from 'node:test'
import { expect } from 'chai'
import { expectMeant } from '../../../support/assertions/refusal'
import { ApiError } from '../../../support/http/errors'
import type { Refused } from '../../../support/services/service'

const refusal = (status: number, code?: string, says?: string): ApiError =>
  new ApiError({ service: 'board', method: 'POST', path: '/', status, code, says, body: says ?? '', curl: '' })

const meant = (error: ApiError, meaning: Refused) => () => expectMeant(error, meaning, 'it is so')

describe('why something was refused', () => {
  // COL-S14
  test('any of the statuses named will do, no other', () => {
    expect(meant(refusal(404), { status: [404, 409] })).to.not.throw()
    expect(meant(refusal(409), { status: [404, 409] })).to.not.throw()
    expect(meant(refusal(400), { status: [404, 409] })).to.throw(/the status of a refusal because it is so/)
  })

  test('code and sentence count where they are named', () => {
    expect(meant(refusal(403, 'KARMA_TOO_LOW', 'Too little karma'), { code: ['KARMA_TOO_LOW'], says: /karma/ })).to.not.throw()
    expect(meant(refusal(403, 'FORBIDDEN'), { code: ['KARMA_TOO_LOW'] })).to.throw(/the code of a refusal/)
    expect(meant(refusal(403, 'KARMA_TOO_LOW', 'No.'), { says: /karma/ })).to.throw(/what the refusal says/)
  })
})
