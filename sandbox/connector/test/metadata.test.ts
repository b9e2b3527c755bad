import { describe, test } from 'node:test'
import { expect } from 'chai'
import type { MetadataOutput } from '../service/app'
import { shell } from './support/service'

describe('the list of metadata', () => {
  const listing = async (output: MetadataOutput) =>
    (await shell({ handler: { metadata: async () => output } })).post('/metadata', {})
  const child = { value: 'c', title: 'C', node_type: 'leaf', children: [] }
  const listed: [what: string, output: MetadataOutput][] = [
    // CON-232
    ['nothing', []],
    // CON-233
    ['rows of an SQL source', [{ TABLE_CATALOG: 'shop', TABLE_SCHEMA: 'public' }]],
    // CON-234, CON-235, CON-499
    [
      'nodes of an API source, to any depth',
      [{ value: 'a', title: 'A', node_type: 'folder', children: [{ ...child, children: [child] }] }],
    ],
  ]
  for (const [what, output] of listed) {
    test(`${what}, without a message`, async () => {
      const { status, body } = await listing(output)
      expect([status, body]).to.deep.equal([200, { success: true, data: output }])
    })
  }

  // CON-238, CON-449, CON-499
  test('invalid children, or an error: 500', async () => {
    expect((await listing([{ value: 'a', title: 'A', node_type: 'folder', children: [7] }])).status).to.equal(500)
    const broken = await shell({ handler: { metadata: () => Promise.reject(new Error('secret')) } })
    const { status, body } = await broken.post('/metadata', {})
    expect([status, body]).to.deep.equal([500, { detail: 'Internal server error' }])
  })

  // CON-445, CON-446
  test('an entrypoint’s own function, else the app’s handler', async () => {
    const app = await shell({
      handler: { metadata: async () => [] },
      app: { modules: { mine_queries: { metadata: async () => [{ TABLE_CATALOG: 'own', TABLE_SCHEMA: 'own' }] } } },
    })
    expect((await app.post('/metadata', { entrypoint: 'mine-queries' })).body.data).to.have.length(1)
    expect((await app.post('/metadata', { entrypoint: 'other' })).body.data).to.have.length(0)
    // CON-507
    expect((await (await shell()).post('/metadata', {})).body).to.deep.equal({ success: true, data: [] })
  })
})
