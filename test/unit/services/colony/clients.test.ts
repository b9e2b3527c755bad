import { describe, test } from 'node:test'
import { expect } from 'chai'
import { ColonyClient } from '../../../../support/services/colony/client/client'
import { readEach } from '../../../../support/services/colony/client/views'
import { accessTo } from '../../../support/access'

/** An address without a server, so that any call would fail. */
const unreachable = async (): Promise<ColonyClient> => ColonyClient.of(accessTo('http://127.0.0.1:1', {}).access, 'Ada')

const errorOf = (call: Promise<unknown>): Promise<Error> =>
  call.then(
    () => expect.fail('it passed'),
    (error) => error as Error,
  )

describe('rules the client keeps by itself', () => {
  // COL-085
  test('a profile field that does not exist is refused before any call', async () => {
    const error = await errorOf((await unreachable()).people.updateProfile({ shoe_size: 42, bio: 'x' }))
    expect(error).to.be.instanceOf(TypeError)
    expect(error.message).to.equal('A profile has no shoe_size.')
  })

  // COL-130
  test('a change of a webhook without a field is refused before any call', async () => {
    const error = await errorOf((await unreachable()).webhooks.update('any', {}))
    expect(error).to.be.instanceOf(TypeError)
    expect(error.message).to.match(/at least one field/)
  })

  // COL-105, COL-108
  test('an empty list of ids makes no call', async () => {
    const found = await readEach([], () => expect.fail('it called'))
    expect(found).to.deep.equal([])
  })
})
