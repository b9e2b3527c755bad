import { describe, test } from 'node:test'
import { expect } from 'chai'
import { ApiError, ConnectionError } from '../../../support/http/errors'
import { sendOrFind } from '../../../support/http/lost'

const failed = (status: number): ApiError =>
  new ApiError({ service: 'shelf', method: 'POST', path: '/books', status, body: '', curl: '' })
const reset = new ConnectionError('shelf', 'POST', 'http://shelf.test/books', 'ECONNRESET')

/** A call that fails in turn with these errors, and then succeeds. */
function failing(...errors: Error[]): { send: () => Promise<string>; count: () => number } {
  let calls = 0
  const send = async (): Promise<string> => {
    const error = errors[calls++]
    if (error) throw error
    return 'sent'
  }
  return { send, count: () => calls }
}

const nothing = async (): Promise<undefined> => undefined

describe('a call that must not act twice', () => {
  test('is not sent again if it has acted', async () => {
    const { send, count } = failing(reset)
    expect(await sendOrFind(send, async () => 'found')).to.equal('found')
    expect(count()).to.equal(1)
  })

  test('is searched for a second time, because it may arrive late', async () => {
    const { send, count } = failing(failed(504))
    let searches = 0
    expect(await sendOrFind(send, async () => (++searches > 1 ? 'found' : undefined))).to.equal('found')
    expect(count()).to.equal(1)
  })

  test('is sent up to three times if it has not acted', async () => {
    const { send, count } = failing(reset, failed(503))
    expect(await sendOrFind(send, nothing)).to.equal('sent')
    expect(count()).to.equal(3)
    const lost = failing(reset, failed(502), failed(503), failed(504))
    const error = await sendOrFind(lost.send, nothing).catch((reason: ApiError) => reason)
    expect(error).to.include({ status: 503 })
    expect(lost.count()).to.equal(3)
  })

  test('has acted after all if its repetition is refused and what it did is found then', async () => {
    const { send } = failing(reset, failed(409))
    let searches = 0
    const search = async () => (++searches > 3 ? 'found' : undefined)
    expect(await sendOrFind(send, search)).to.equal('found')
    const refused = failing(reset, failed(409))
    expect(await sendOrFind(refused.send, nothing).catch((reason: ApiError) => reason)).to.include({ status: 409 })
  })

  test('is not sent again after a refusal', async () => {
    for (const status of [400, 404, 409, 500]) {
      const { send, count } = failing(failed(status))
      expect(await sendOrFind(send, nothing).catch((reason: ApiError) => reason)).to.include({ status })
      expect(count()).to.equal(1)
    }
  })

  test('is sent again if the place does not exist where it would have acted', async () => {
    const { send, count } = failing(reset)
    const search = async (): Promise<string> => {
      throw failed(404)
    }
    expect(await sendOrFind(send, search)).to.equal('sent')
    expect(count()).to.equal(2)
  })

  test('is not sent again if the search fails', async () => {
    const { send, count } = failing(reset)
    const unreadable = new Error('the history cannot be read')
    const search = async (): Promise<string> => {
      throw unreadable
    }
    expect(await sendOrFind(send, search).catch((reason: Error) => reason)).to.equal(reset)
    expect(reset.cause).to.equal(unreadable)
    expect(count()).to.equal(1)
  })
})
