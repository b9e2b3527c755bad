import { before, describe, test } from 'node:test'
import { expect } from 'chai'
import type { MetadataInput, PreflightInput } from '../service/contracts'
import { type Shell, shell } from './support/service'

let app: Shell
let checked: PreflightInput
let listed: MetadataInput
before(async () => {
  app = await shell({
    handler: {
      check: async (input) => {
        checked = input
        return { status: 'ready' }
      },
      metadata: async (input) => {
        listed = input
        return []
      },
    },
  })
})

describe('the input of a preflight', () => {
  const mirrored: [what: string, body: object, metadata: object, config: object][] = [
    // CON-217
    ['metadata alone serves as the configuration, too', { metadata: { a: 1 } }, { a: 1 }, { a: 1 }],
    // CON-218
    ['and the configuration as metadata', { connection_config: { a: 1 } }, { a: 1 }, { a: 1 }],
    // CON-219
    ['both are kept where both came', { metadata: { a: 1 }, connection_config: { b: 2 } }, { a: 1 }, { b: 2 }],
    // CON-220
    ['neither: both empty', {}, {}, {}],
    ['null counts as neither', { metadata: null, connection_config: { b: 2 } }, { b: 2 }, { b: 2 }],
    // CON-500, CON-501
    [
      'any keys',
      { metadata: { 'include-filter': { x: [] }, deep: { er: [1] } } },
      { 'include-filter': { x: [] }, deep: { er: [1] } },
      { 'include-filter': { x: [] }, deep: { er: [1] } },
    ],
  ]
  for (const [what, body, metadata, config] of mirrored) {
    test(what, async () => {
      expect((await app.post('/check', body)).status).to.equal(200)
      expect([checked.metadata, checked.connection_config]).to.deep.equal([metadata, config])
    })
  }

  // CON-216
  test('beside credentials as an object', async () => {
    await app.post('/check', { credentials: { host: 'h', extra: { database: 'd' } }, metadata: { a: 1 } })
    expect([checked.metadata, checked.connection_config]).to.deep.equal([{ a: 1 }, { a: 1 }])
    await app.post('/metadata', { credentials: { host: 'h', extra: { database: 'd' } }, metadata: { a: 1 }, object_filter: 'f' })
    for (const { credentials } of [checked, listed])
      expect(credentials).to.deep.equal([
        { key: 'host', value: 'h' },
        { key: 'extra.database', value: 'd' },
      ])
    expect(listed.object_filter).to.equal('f')
  })

  test('sixty seconds and all checks unless given', async () => {
    await app.post('/check', {})
    expect([checked.timeout_seconds, checked.checks_to_run]).to.deep.equal([60, []])
    await app.post('/check', { timeout_seconds: '5', checks_to_run: ['a'] })
    expect([checked.timeout_seconds, checked.checks_to_run]).to.deep.equal([5, ['a']])
    await app.post('/check', { timeout_seconds: '1_000' })
    expect(checked.timeout_seconds).to.equal(1000)
  })
})

describe('the input of a listing', () => {
  const keys: [what: string, body: object, key: string, filter: string][] = [
    // CON-236
    ['by its name', { metadata_template_key: 'k' }, 'k', 'k'],
    // CON-237, CON-447, CON-503
    ['in camel case', { metadataTemplateKey: 'k' }, 'k', 'k'],
    ['as older forms do', { type: 'all' }, 'all', 'all'],
    // CON-448
    ['a filter of its own wins', { metadataTemplateKey: 'k', object_filter: 'f' }, 'k', 'f'],
  ]
  for (const [what, body, key, filter] of keys) {
    test(`the key of the template ${what}`, async () => {
      await app.post('/metadata', body)
      expect([listed.metadata_template_key, listed.object_filter]).to.deep.equal([key, filter])
    })
  }

  test('a thousand objects, fields included, two minutes unless given', async () => {
    await app.post('/metadata', {})
    expect([listed.max_objects, listed.include_fields, listed.timeout_seconds]).to.deep.equal([1000, true, 120])
    await app.post('/metadata', { max_objects: 7, include_fields: 'no' })
    expect([listed.max_objects, listed.include_fields]).to.deep.equal([7, false])
  })
})

describe('an agent’s description', () => {
  const agent = { 'agent-name': 'north' }
  const placed: [what: string, body: object, found: object | undefined][] = [
    // CON-492, CON-463
    ['at the top', { agent_json: agent }, agent],
    ['in camel case', { agentJson: agent }, agent],
    ['with hyphens', { 'agent-json': agent }, agent],
    ['inside metadata', { metadata: { 'agent-json': agent } }, agent],
    ['inside the configuration', { connection_config: { agent_json: agent } }, agent],
    ['inside the credentials, as text', { credentials: { host: 'h', agentJson: JSON.stringify(agent) } }, agent],
    ['an object beats a text', { 'agent-json': '{"x":1}', agent_json: agent }, agent],
    ['as one of the pairs', { credentials: [{ key: 'agent_json', value: JSON.stringify(agent) }] }, agent],
    ['the hyphens win wherever they are', { agent_json: { other: 1 }, metadata: { 'agent-json': agent } }, agent],
    ['a placeholder beside a real one', { 'agent-json': { port: 'port' }, agentJson: JSON.stringify(agent) }, agent],
    ['the names of fields for their values', { 'agent-json': { 'agent-name': 'agent-name', port: 'port' } }, undefined],
    ['a number for a text', { 'agent-json': { host: 5 } }, undefined],
    ['the hyphens win', { 'agent-json': agent, agent_json: { other: 1 } }, agent],
    // CON-461
    ['a placeholder counts for nothing', { agent_json: '{{agent}}' }, undefined],
    ['nor does what is no object', { agent_json: 7 }, undefined],
  ]
  for (const [what, body, found] of placed) {
    test(what, async () => {
      expect((await app.post('/check', body)).status).to.equal(200)
      expect(checked.agent_json).to.deep.equal(found)
      expect(JSON.stringify([checked.metadata, checked.connection_config, checked.credentials])).to.not.match(/agent/i)
    })
  }

  test('is absent unless given, and leaves credentials as they are', async () => {
    await app.post('/check', {})
    expect(checked.agent_json).to.equal(undefined)
    const kept = [{ key: 'host', value: 'h' }]
    for (const body of [
      { credentials: { host: 'h', agentJson: JSON.stringify(agent) } },
      { credentials: [...kept, { key: 'agent-json', value: JSON.stringify(agent) }] },
      { credentials: kept, agent_json: agent },
    ]) {
      await app.post('/check', body)
      expect([checked.credentials, checked.agent_json], JSON.stringify(body)).to.deep.equal([kept, agent])
    }
  })
})
