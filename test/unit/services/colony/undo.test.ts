import { after, before, describe, test } from 'node:test'
import { expect } from 'chai'
import { type Anything, bareColony, TEST_POSTS, type Wire } from '../../../../sandbox/colony/test/support/server'
import { Agents } from '../../../../support/http/agents'
import { controlAt } from '../../../../support/run/control'
import { ColonyClient } from '../../../../support/services/colony/client/client'
import { replayKey } from '../../../../support/services/colony/client/idempotency'
import { undo } from '../../../../support/services/colony/undo'
import type { ServiceAccess } from '../../../../support/services/service'
import type { Recognition } from '../../../../support/undo/undo'
import { accessTo } from '../../../support/access'
import { leavesStrangersAlone, type Stranger } from '../../../support/strangers'

const RUN = '1795000000-abc123'
const EARLIER_RUN = '1794000000-fed321'
const HOST = 'https://test.clny.cc'
const MINUTE = 60_000

let wire: Wire
let access: ServiceAccess
before(async () => {
  wire = await bareColony({ Ada: {}, Ben: {}, Cleo: {} })
  access = { ...accessTo(wire.address, wire.people).access, control: controlAt(wire.control, new Agents()) }
})
after(() => wire.stop())

const clientOf = (by: string): Promise<ColonyClient> => ColonyClient.of(access, by)
const idOf = (who: string): string => wire.people[who]?.id ?? ''
const everything = async (): Promise<Anything> => (await fetch(`${wire.control}/everything`)).json()

async function made(call: Promise<{ status: number; body: Anything }>): Promise<string> {
  const { status, body } = await call
  expect(status, JSON.stringify(body)).to.equal(201)
  return body.id
}

const postBy = (as: string, title: string): Promise<string> =>
  made(wire.call('POST', '/posts', { as, body: { title, body: 'Text', colony_id: TEST_POSTS, post_type: 'discussion' } }))
const commentBy = (as: string, post: string, body: string): Promise<string> =>
  made(wire.call('POST', `/posts/${post}/comments`, { as, body: { body } }))
const webhookBy = (as: string, url: string): Promise<string> =>
  made(wire.call('POST', '/webhooks', { as, body: { url, secret: 'sixteen-characters', events: ['mention'] } }))

/** An entry of Ada's run whose id is that of another thing. */
const entry = (id: string, name: string, data: Record<string, string> = {}, at = Date.now()): Stranger => {
  return { id, name, by: 'Ada', at, data: { account: idOf('Ada'), ...data } }
}
/** Today's credentials are Ada's, and the journal is that of a run with Ben's. */
const ofBen = (stranger: Stranger): Stranger => ({ ...stranger, data: { ...stranger.data, account: idOf('Ben') } })

describe('undo on The Colony', () => {
  leavesStrangersAlone(
    () => ({
      service: 'colony',
      undo,
      clients: clientOf,
      look: everything,
      strangers: {
        post: async () => {
          const name = `One red glove ${RUN}-1`
          const aged = await postBy('Ada', name)
          await wire.callControl(`/age/${aged}`, { minutes: 120 })
          const bens = await postBy('Ben', name)
          return [
            entry(bens, name),
            ofBen(entry(bens, name)),
            entry(await postBy('Ada', 'One red glove'), name),
            entry(await postBy('Ada', `One red glove ${EARLIER_RUN}-1`), name),
            entry(aged, name),
            entry(await postBy('Ada', name), name, {}, Date.now() - 120 * MINUTE),
            ofBen(entry(await postBy('Ada', name), name)),
          ]
        },
        archive: async () => {
          await wire.call('POST', `/messages/send/${wire.people.Ada?.username}`, { as: 'Ben', body: { body: 'Hello' } })
          const username = wire.people.Ada?.username ?? ''
          await wire.call('POST', `/messages/conversations/${username}/archive`, { as: 'Ben' })
          return [ofBen(entry(username, 'Ben archived Ada', { username }))]
        },
        comment: async () => {
          const name = `The left one ${RUN}-2`
          const post = await postBy('Cleo', 'A post of another account')
          const old = await commentBy('Ada', post, name)
          await wire.callControl(`/age/${old}`, { minutes: 120 })
          const bens = await commentBy('Ben', post, name)
          return [
            entry(bens, name, { post }),
            ofBen(entry(bens, name, { post })),
            entry(await commentBy('Ada', post, 'The left one'), name, { post }),
            entry(await commentBy('Ada', post, `The left one ${EARLIER_RUN}-2`), name, { post }),
            entry(old, name, { post }),
            entry(await commentBy('Ada', post, name), name, { post }, Date.now() - 120 * MINUTE),
            ofBen(entry(await commentBy('Ada', post, name), name, { post })),
          ]
        },
        webhook: async () => {
          const name = `${HOST}/hook-${RUN}-3`
          const bens = await webhookBy('Ben', name)
          return [
            entry(bens, name),
            ofBen(entry(bens, name)),
            entry(await webhookBy('Ada', `${HOST}/hook`), name),
            entry(await webhookBy('Ada', `${HOST}/hook-${EARLIER_RUN}-3`), name),
            ofBen(entry(await webhookBy('Ada', name), name)),
          ]
        },
        follow: async () => {
          await wire.call('POST', `/users/${idOf('Cleo')}/follow`, { as: 'Ada' })
          return [
            ofBen(entry(idOf('Cleo'), 'Ben follows Cleo', { before: 'no', whom: idOf('Cleo') })),
            ofBen(entry(idOf('Ben'), 'Cleo does not follow Ben', { before: 'yes', whom: idOf('Ben') })),
            entry(idOf('Cleo'), 'Ada does not follow Cleo', { before: 'yes', whom: idOf('Cleo') }),
          ]
        },
        membership: async () => {
          await wire.call('POST', `/colonies/${TEST_POSTS}/join`, { as: 'Ada' })
          return [ofBen(entry(TEST_POSTS, 'Ben in test-posts', { before: 'no', where: TEST_POSTS }))]
        },
        bio: async () => {
          await wire.call('PUT', '/users/me', { as: 'Ada', body: { bio: 'Written by hand' } })
          const name = `Counts gloves ${RUN}-4`
          return [
            entry(idOf('Ada'), name, { before: 'Once' }),
            ofBen(entry(idOf('Ben'), 'Written by hand', { before: 'Once' })),
            entry(idOf('Ada'), `Counts gloves ${RUN}-5`),
          ]
        },
        age: async () => {
          const name = `16 minutes on "One red glove ${RUN}-6"`
          const minutes = '16'
          return [
            entry(await postBy('Ben', `One red glove ${RUN}-6`), name, { minutes }),
            entry(await postBy('Ada', 'One red glove'), name, { minutes }),
            entry(await postBy('Ada', `One red glove ${RUN}-6`), name, { minutes }),
          ]
        },
        reaction: async () => {
          const mine = await postBy('Ada', `One red glove ${RUN}-7`)
          const cleos = await postBy('Cleo', 'A post of another account')
          const comment = await commentBy('Cleo', cleos, 'A remark of another account')
          const emoji = 'clap'
          for (const target of [{ post_id: mine }, { post_id: cleos }, { comment_id: comment }])
            await wire.call('POST', '/reactions/toggle', { as: 'Ada', body: { emoji, ...target } })
          const name = `clap on "One red glove ${RUN}-7"`
          return [
            ofBen(entry(`post:${mine}`, name, { target: `post:${mine}`, emoji })),
            entry(`post:${cleos}`, name, { target: `post:${cleos}`, emoji }),
            entry(`comment:${comment}`, name, { target: `comment:${comment}`, emoji }),
          ]
        },
      },
    }),
    ['post', 'comment', 'webhook', 'follow', 'membership', 'bio', 'age', 'reaction', 'archive'],
  )
})

describe('things of the suite on The Colony', () => {
  const known = (stranger: Stranger, kind: keyof typeof undo) =>
    ({ key: '1', service: 'colony', kind, ends: undo[kind].ends, at: Date.now(), data: {}, ...stranger }) as Anything

  async function recognised(kind: 'post' | 'comment' | 'webhook' | 'bio', stranger: Stranger): Promise<Recognition> {
    return undo[kind].recognise(await clientOf(stranger.by), known(stranger, kind))
  }

  test('is recognised, also under another title of the same run, and in a journal without the account', async () => {
    const name = `Two red gloves ${RUN}-1`
    const post = await postBy('Ada', name)
    expect(await recognised('post', entry(post, name))).to.equal('ours')
    expect(await recognised('post', { id: post, name, by: 'Ada', data: {} })).to.equal('ours')
    await wire.call('PUT', `/posts/${post}`, { as: 'Ada', body: { title: `Rewritten ${RUN}-9` } })
    expect(await recognised('post', entry(post, name))).to.equal('ours')
    const comment = await commentBy('Ada', post, `Mine ${RUN}-2`)
    expect(await recognised('comment', entry(comment, `Mine ${RUN}-2`, { post }))).to.equal('ours')
    const url = `${HOST}/mine-${RUN}-3`
    expect(await recognised('webhook', entry(await webhookBy('Ada', url), url))).to.equal('ours')
  })

  test('is distinguished from a thing that no longer exists', async () => {
    const name = `Three red gloves ${RUN}-1`
    const post = await postBy('Ada', name)
    const comment = await commentBy('Ada', post, `Gone ${RUN}-2`)
    await wire.call('DELETE', `/posts/${post}`, { as: 'Ada' })
    expect(await recognised('post', entry(post, name))).to.equal('gone')
    expect(await recognised('comment', entry(comment, `Gone ${RUN}-2`, { post }))).to.equal('gone')
  })

  test('a webhook of another account does not pass for removed because it is not in the list', async () => {
    const url = `${HOST}/theirs-${RUN}-3`
    const recognition = await recognised('webhook', ofBen(entry(await webhookBy('Ben', url), url)))
    expect(recognition)
      .to.have.property('doubt')
      .that.contains(`made by the account ${idOf('Ben')}`)
  })

  test('a bio that was empty is empty again', async () => {
    const before = await everything()
    const colony = await clientOf('Ben')
    const name = `Counts gloves ${RUN}-4`
    await colony.people.updateProfile({ bio: name })
    const own = known({ ...entry(idOf('Ben'), name), by: 'Ben', data: { account: idOf('Ben') } }, 'bio')
    expect(await undo.bio.recognise(colony, own)).to.equal('ours')
    await undo.bio.undo(colony, own)
    expect(await undo.bio.hasEnded(colony, own)).to.equal(true)
    expect((await everything()).users).to.deep.equal(before.users)
  })
})

describe('a post whose creation got no response', () => {
  const fields = { body: 'Text', colony_id: TEST_POSTS, post_type: 'discussion' }
  const lost = (name: string, account = idOf('Ada'), at = Date.now()): Anything => {
    return {
      key: '1',
      service: 'colony',
      kind: 'post',
      ends: 'removed',
      by: 'Ada',
      name,
      at,
      data: { account, fields: JSON.stringify(fields) },
    }
  }

  test('is found by its key', async () => {
    const name = `Lost ${RUN}-1`
    const colony = await clientOf('Ada')
    const { id } = await colony.createPost({ title: name, ...fields }, replayKey(name))
    const before = await everything()
    expect(await undo.post.find(colony, lost(name))).to.equal(id)
    expect(await everything()).to.deep.equal(before)
  })

  test('that never reached The Colony is not created by looking for it', async () => {
    const before = await everything()
    expect(await undo.post.find(await clientOf('Ada'), lost(`Never sent ${RUN}-2`))).to.equal(undefined)
    expect(await everything()).to.deep.equal(before)
  })

  test('is not looked for with the credentials of another account, nor after the day for which keys are remembered', async () => {
    const name = `Lost ${RUN}-3`
    await (await clientOf('Ben')).createPost({ title: name, ...fields }, replayKey(name))
    const before = await everything()
    const colony = await clientOf('Ada')
    const error = await undo.post.find(colony, lost(name, idOf('Ben'))).catch((reason: Error) => reason)
    expect(error)
      .to.have.property('message')
      .that.contains(`not looked for: it was made by the account ${idOf('Ben')}`)
    expect(await undo.post.find(colony, lost(name, idOf('Ada'), Date.now() - 24 * 3_600_000))).to.equal(undefined)
    expect(await everything()).to.deep.equal(before)
  })
})
