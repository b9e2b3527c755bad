import { after, describe, test } from 'node:test'
import { expect } from 'chai'
import { feedCalls, messageIds as ids } from './support/calls'
import { bareSymphony, ownPod } from './support/server'

const wire = ownPod()
const { say } = feedCalls(wire)

describe('datafeed 1', () => {
  const old = (path: string) => wire().call('GET', `/agent/v4/datafeed/${path}`)
  const openOld = async (): Promise<string> => (await wire().call('POST', '/agent/v4/datafeed/create')).body.id

  test('a read acknowledges its events', async () => {
    const feed = await openOld()
    const sent = [await say('one'), await say('two'), await say('three')]
    expect(ids((await old(`${feed}/read?limit=2`)).body)).to.deep.equal(sent.slice(0, 2))
    expect(ids((await old(`${feed}/read`)).body)).to.deep.equal(sent.slice(2))
  })

  test('a response that is cut off is sent again', async () => {
    const feed = await openOld()
    const sent = await say('one')
    await wire().callControl('/feeds/cut', { username: wire().people.Ada?.username })
    expect(await old(`${feed}/read`).catch((error: Error) => error)).to.be.instanceOf(Error)
    expect(ids((await old(`${feed}/read`)).body)).to.deep.equal([sent])
  })

  test('an unknown feed is 400, the twenty-first 503', async () => {
    const { status, body } = await old('unknown/read')
    expect([status, body.message]).to.deep.equal([400, 'Could not find a datafeed with the provided id'])
    const own = await bareSymphony()
    after(() => own.stop())
    const make = async () => (await own.call('POST', '/agent/v4/datafeed/create')).status
    for (let count = 0; count < 20; count++) expect(await make()).to.equal(200)
    expect(await make()).to.equal(503)
  })
})
