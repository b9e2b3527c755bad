import { after, before, test } from 'node:test'
import { expect } from 'chai'
import { startColony } from '../../../../sandbox/colony/server'
import type { RunningSandbox } from '../../../../sandbox/kit/sandbox'
import { TEST_POSTS } from '../../../../support/services/colony/known-colonies'
import { bodyOf, forward } from '../../../support/forwarding'
import { serve } from '../../../support/server'
import { featuresOf, SuiteCopy } from '../../../support/suite-copy'

/** How many runs follow each other on one service; `RUNS=10` for a thorough check. */
const RUNS = Number(process.env.RUNS ?? 2)

const suite = new SuiteCopy(featuresOf('colony'))

let colony: RunningSandbox
before(async () => {
  colony = await startColony()
})
after(async () => {
  await colony.stop()
  suite.remove()
})

const asked = async (path: string): Promise<Record<string, number>> =>
  (await fetch(`${colony.control}${path}`)).json() as Promise<Record<string, number>>

interface Written {
  /** Absent in a post of no colony. */
  colony_id?: string
}

/** A proxy before the service that records the bodies of new posts. @returns the address of the API through it */
async function recording(address: string): Promise<{ url: string; posts: Written[] }> {
  const { origin, pathname } = new URL(address)
  const posts: Written[] = []
  const proxy = await serve(async (request, response) => {
    const body = await bodyOf(request)
    if (request.method === 'POST' && /\/posts$/.test(request.url ?? '')) posts.push(JSON.parse(String(body)))
    const reply = await forward(origin, request, body)
    response.writeHead(reply.status, reply.headers).end(reply.body)
  })
  return { url: proxy + pathname, posts }
}

async function as(key: string, method: string, path: string): Promise<Record<string, string>> {
  const url = colony.variables.COLONY_BASE_URL ?? ''
  const headers = { 'content-type': 'application/json' }
  const exchange = await fetch(`${url}/auth/token`, { method: 'POST', headers, body: JSON.stringify({ api_key: key }) })
  const { access_token: token } = (await exchange.json()) as { access_token: string }
  const answer = await fetch(url + path, { method, headers: { authorization: `Bearer ${token}` } })
  expect(answer.status, `${method} ${path}`).to.be.below(300)
  const text = await answer.text()
  return text === '' ? {} : JSON.parse(text)
}

// COL-S07, COL-S10
test('what a killed run left joined and followed does no harm, and every post is written to the test colony', async () => {
  const { COLONY_BASE_URL = '', COLONY_TEST_API_KEY: ada = '', COLONY_TEST_API_KEY_2: ben = '' } = colony.variables
  await as(ada, 'POST', `/colonies/${TEST_POSTS}/join`)
  await as(ada, 'POST', `/users/${(await as(ben, 'GET', '/users/me')).id}/follow`)
  const before = await asked('/counts')
  const { url, posts } = await recording(COLONY_BASE_URL)
  const files = ['colonies', 'following', 'posts', 'comments', 'polls'].map((name) => `features/colony/${name}.feature`)
  const { code, stdout } = await suite.run(files, { ...colony.variables, COLONY_BASE_URL: url })
  expect(code, stdout).to.equal(0)
  expect(await asked('/counts'), 'what exists before and after').to.deep.equal(before)
  expect(posts.length, 'new posts').to.be.at.least(4)
  const elsewhere = posts.filter(({ colony_id: id }) => id !== undefined && id !== TEST_POSTS)
  expect(elsewhere, 'posts in another colony').to.deep.equal([])
})

test(`${RUNS} runs on the same service: passed, two token exchanges each, and its content is unchanged`, async () => {
  const before = await asked('/counts')
  for (let run = 1; run <= RUNS; run++) {
    const { token = 0 } = await asked('/spent')
    const args = run % 2 === 0 ? ['--parallel', '3', '--order', 'random'] : []
    const { code, stdout } = await suite.run(args, colony.variables)
    expect(code, stdout).to.equal(0)
    expect(stdout).to.not.contain('left behind')
    expect((await asked('/spent')).token, 'token exchanges').to.be.at.most(token + 2)
    expect(await asked('/counts'), `after run ${run}`).to.deep.equal(before)
  }
})
