import { describe, test } from 'node:test'
import { expect } from 'chai'
import { messageCalls } from './support/calls'
import { type Anything, ownPod } from './support/server'

const wire = ownPod({
  Ada: {},
  Ben: {},
  Cleo: { kind: 'bot', inRoom: false },
  Dan: { kind: 'bot' },
})
const { say, agent, newRoom } = messageCalls(wire)

describe('reading', () => {
  // SYM-051
  test('an empty room is 204 without a body; since is required; 500 is the maximum', async () => {
    const empty = await newRoom('Empty')
    const none = await agent(`/v4/stream/${empty}/message?since=0`)
    expect([none.status, none.body]).to.deep.equal([204, ''])
    for (const query of ['', '?limit=5', '?since=0&limit=501', '?since=soon', '?since=0&skip=x'])
      expect((await agent(`/v4/stream/${empty}/message${query}`)).status, query).to.equal(400)
    expect((await agent(`/v4/stream/${empty}/message?since=0`, 'Cleo')).status).to.equal(403)
    expect((await agent('/v4/stream/unknown/message?since=0')).status).to.equal(400)
  })

  test('a window has since, until, skip and limit', async () => {
    const to = await newRoom('Windowed')
    const sent = []
    for (const text of ['one', 'two', 'three', 'four']) sent.push(await say(text, { to }))
    const texts = async (query: string): Promise<string[]> =>
      ((await agent(`/v4/stream/${to}/message?${query}`)).body || []).map(
        ({ message }: Anything) => /<div[^>]*>(.*)<\/div>/.exec(message)?.[1],
      )
    expect(await texts('since=0')).to.deep.equal(['four', 'three', 'two', 'one'])
    expect(await texts(`since=${sent[1].timestamp}&until=${sent[2].timestamp}`)).to.deep.equal(['three', 'two'])
    expect(await texts('since=0&skip=1&limit=2')).to.deep.equal(['three', 'two'])
  })

  test('a later member sees earlier messages only where the room allows it', async () => {
    const closed = await newRoom('No past', { viewHistory: false })
    const before = await say('before', { to: closed })
    await wire().call('POST', `/pod/v1/room/${closed}/membership/add`, { body: { id: Number(wire().people.Dan?.id) } })
    const after = await say('after', { to: closed })
    const { body } = await agent(`/v4/stream/${closed}/message?since=0`, 'Dan')
    expect(body.map(({ messageId }: Anything) => messageId)).to.deep.equal([after.messageId])
    expect((await agent(`/v1/message/${before.messageId}`, 'Dan')).status, 'by its id').to.equal(204)
    const found = (await agent(`/v1/message/search?query=streamId:${closed}`, 'Dan')).body
    expect(found.map(({ messageId }: Anything) => messageId)).to.deep.equal([after.messageId])
  })

  test('a search uses criteria, in either form', async () => {
    const to = await newRoom('Searched')
    const text = `<hash tag="gloves"/> and <cash tag="AAPL"/> for <mention uid="${wire().people.Ben?.id}"/>: Mittens`
    const { messageId } = await say(text, { to })
    const found = async (query: string) =>
      (await agent(`/v1/message/search?query=${encodeURIComponent(query)}`)).body[0]?.messageId
    for (const query of ['hashtag:gloves', 'cashtag:AAPL', `mention:${wire().people.Ben?.id}`, `text:mittens streamId:${to}`])
      expect(await found(query), query).to.equal(messageId)
    const [sent] = (await agent(`/v1/message/search?query=hashtag:gloves`)).body
    const elsewhere = await newRoom('Passed on')
    const passedOn = await wire().send(sent.message, { to: elsewhere, parts: { data: sent.data } })
    for (const query of ['hashtag:gloves', 'cashtag:AAPL', `mention:${wire().people.Ben?.id}`])
      expect(await found(`${query} streamId:${elsewhere}`), `${query}, as PresentationML`).to.equal(passedOn.body.messageId)
    const { body } = await wire().call('POST', '/agent/v1/message/search', {
      body: { hashtag: 'gloves', streamId: to, author: null },
    })
    expect(body[0].messageId).to.equal(messageId)
    for (const streamType of ['ROOM', 'CHAT', 'IM'])
      expect(await found(`hashtag:gloves streamId:${to} streamType:${streamType}`), streamType).to.equal(
        streamType === 'IM' ? undefined : messageId,
      )
    expect((await agent('/v1/message/search?query=hashtag:nothing')).status).to.equal(204)
    for (const query of [
      '',
      'colour:red',
      'text:mittens',
      'author:ben',
      'mention:ben',
      'fromDate:today',
      'streamType:ODD',
      'a&query=b',
    ])
      expect((await agent(`/v1/message/search?query=${query}`)).status, query).to.equal(400)
  })

  test('a message that does not exist is 204', async () => {
    expect((await agent('/v1/message/unknown')).status).to.equal(204)
  })
})
