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
    const broken = await shell({ handler: { metadata: () => Promise.reject(new Error('secret')) } })
    for (const { status, body } of [
      await listing([{ value: 'a', title: 'A', node_type: 'folder', children: [7] }]),
      await broken.post('/metadata', {}),
    ])
      expect([status, body]).to.deep.equal([500, { detail: 'Internal server error' }])
  })

  // CON-445, CON-446
  test('an entrypoint’s own function, else the app’s handler', async () => {
    const rows = (name: string) => [{ TABLE_CATALOG: name, TABLE_SCHEMA: name }]
    const app = await shell({
      handler: { metadata: async () => rows('app') },
      app: { modules: { mine_queries: { metadata: async () => rows('own') } } },
    })
    for (const [body, name] of [
      [{ entrypoint: 'mine-queries' }, 'own'],
      [{ entrypoint: 'other' }, 'app'],
      [{}, 'app'],
    ] as const) {
      const answer = await app.post('/metadata', body)
      expect([answer.status, answer.body]).to.deep.equal([200, { success: true, data: rows(name) }])
    }
    // CON-507
    expect((await (await shell()).post('/metadata', {})).body).to.deep.equal({ success: true, data: [] })
  })
})
