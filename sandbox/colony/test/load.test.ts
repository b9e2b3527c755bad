import { after, test } from 'node:test'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect } from 'chai'
import { bareColony, type Wire } from './support/server'

/** Duration of the load; `LOAD_SECONDS=60` for a thorough check. */
const SECONDS = Number(process.env.LOAD_SECONDS ?? 2)
const CLIENTS = 20
const MEGABYTE = 1024 * 1024
/** Memory that the sandbox may keep of each round: messages, notifications, accounts' votes. */
const BYTES_A_ROUND = 4_000

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

function heap(): number {
  collect()
  return process.memoryUsage().heapUsed
}

/** One round of a client; it removes what it creates. */
async function round(colony: Wire, as: string, other: string): Promise<void> {
  const call = async (status: number, method: string, path: string, body?: object, who = as) => {
    const reply = await colony.call(method, path, { as: who, ...(body ? { body } : {}) })
    expect(reply.status, `${method} ${path}: ${JSON.stringify(reply.body)}`).to.equal(status)
    return reply.body
  }
  const { id } = await call(201, 'POST', '/posts', {
    title: 'Glove',
    body: `For @${colony.people[other]?.username}`,
    colony: 'test-posts',
  })
  const comment = await call(201, 'POST', `/posts/${id}/comments`, { body: 'Mine?' }, other)
  await call(200, 'POST', `/posts/${id}/vote`, { value: 1 }, other)
  await call(200, 'POST', '/reactions/toggle', { emoji: 'fire', post_id: id }, other)
  await call(201, 'POST', `/messages/send/${colony.people[other]?.username}`, { body: 'Yours?' })
  for (const path of [
    '/posts?limit=20',
    '/search?q=colony',
    '/users/directory',
    `/posts/${id}/context`,
    '/notifications?limit=10',
  ])
    await call(200, 'GET', path)
  await call(200, 'GET', `/messages/conversations/${colony.people[other]?.username}`)
  const hook = { url: 'https://test.clny.cc/hook', secret: 'sixteen letters.', events: ['mention'] }
  const { id: hookId } = await call(201, 'POST', '/webhooks', hook)
  await call(204, 'DELETE', `/webhooks/${hookId}`)
  await call(204, 'DELETE', `/comments/${comment.id}`, undefined, other)
  await call(204, 'DELETE', `/posts/${id}`)
}

test(`${CLIENTS} clients at once for ${SECONDS} s: no answer it should not give, and memory that stays bounded`, async () => {
  const names = Array.from({ length: CLIENTS }, (_, at) => `C${at}`)
  const colony = await bareColony(Object.fromEntries(names.map((name) => [name, {}])))
  after(() => colony.stop())
  const until = async (end: number): Promise<number> => {
    const work = async (name: string, at: number): Promise<number> => {
      for (let rounds = 1; ; rounds++) {
        await round(colony, name, names[(at + 1) % CLIENTS] ?? '')
        if (Date.now() >= end) return rounds
      }
    }
    return (await Promise.all(names.map(work))).reduce((total, one) => total + one, 0)
  }
  const before = (await (await fetch(`${colony.control}/counts`)).json()) as object
  const warmUp = await until(Date.now() + SECONDS * 250)
  const warm = heap()
  const rounds = await until(Date.now() + SECONDS * 750)
  const grown = heap() - warm
  console.log(
    `${warmUp + rounds} rounds of 16 calls; the heap grew by ${(grown / MEGABYTE).toFixed(1)} MB, ${Math.round(grown / rounds)} bytes a round`,
  )
  expect(grown, 'bytes grown').to.be.lessThan(8 * MEGABYTE + rounds * BYTES_A_ROUND)
  expect(await (await fetch(`${colony.control}/counts`)).json()).to.deep.equal(before)
})
