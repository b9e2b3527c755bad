import { before, describe, test } from 'node:test'
import { expect } from 'chai'
import type { MetadataInput, PreflightInput } from '../../../sandbox/connector/service/contracts'
import { type Shell, shell } from '../../support/connector'

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

interface Fault {
  field: string
  message: string
  type: string
}

describe('a body that breaks its contract: 422 naming the field', () => {
  const refused: [what: string, path: string, body: object, faults: Fault[]][] = [
    // CON-537, CON-313
    [
      'null for credentials',
      '/auth',
      { credentials: null },
      [{ field: 'credentials', message: 'Input should be a valid list', type: 'list_type' }],
    ],
    [
      'a text for credentials',
      '/auth',
      { credentials: 'x' },
      [{ field: 'credentials', message: 'Input should be a valid list', type: 'list_type' }],
    ],
    [
      'a pair without a value',
      '/auth',
      { credentials: [{ key: 'host' }] },
      [{ field: 'credentials.0.value', message: 'Field required', type: 'missing' }],
    ],
    [
      'a pair without a key',
      '/check',
      { credentials: [{ value: 'h' }] },
      [{ field: 'credentials.0.key', message: 'Field required', type: 'missing' }],
    ],
    [
      'a number in a pair',
      '/metadata',
      {
        credentials: [
          { key: 'a', value: 'b' },
          { key: 'port', value: 5432 },
        ],
      },
      [{ field: 'credentials.1.value', message: 'Input should be a valid string', type: 'string_type' }],
    ],
    [
      'no number of seconds',
      '/auth',
      { timeout_seconds: 'x' },
      [
        {
          field: 'timeout_seconds',
          message: 'Input should be a valid integer, unable to parse string as an integer',
          type: 'int_parsing',
        },
      ],
    ],
    // CON-541
    [
      'no number of objects',
      '/metadata',
      { max_objects: 'many' },
      [
        {
          field: 'max_objects',
          message: 'Input should be a valid integer, unable to parse string as an integer',
          type: 'int_parsing',
        },
      ],
    ],
    // CON-538
    [
      'a text for the connection’s configuration',
      '/check',
      { connection_config: 'x' },
      ['connection_config', 'metadata'].map((field) => ({
        field,
        message: 'Input should be a valid dictionary',
        type: 'dict_type',
      })),
    ],
    // CON-539
    [
      'several at once, in the order of the model',
      '/check',
      { timeout_seconds: 1.5, checks_to_run: 'all', credentials: [{ key: 1, value: 'v' }] },
      [
        { field: 'credentials.0.key', message: 'Input should be a valid string', type: 'string_type' },
        { field: 'checks_to_run', message: 'Input should be a valid list', type: 'list_type' },
        {
          field: 'timeout_seconds',
          message: 'Input should be a valid integer, got a number with a fractional part',
          type: 'int_from_float',
        },
      ],
    ],
  ]
  // CON-462
  for (const [what, path, body, faults] of refused) {
    test(what, async () => {
      const { status, body: answer } = await app.post(path, body)
      expect(status).to.equal(422)
      expect(answer).to.deep.equal({
        success: false,
        message: `Invalid request: ${faults.map(({ field }) => field).join(', ')}`,
        detail: faults,
      })
    })
  }

  test('the rejected value is never shown', async () => {
    const { text } = await app.post('/auth', { credentials: [{ key: 'password', value: { deep: 'hunter2' } }] })
    expect(text).to.not.contain('hunter2')
  })

  // CON-464, CON-465
  test('what a handler raises of that kind is an error inside', async () => {
    const broken = await shell({
      handler: {
        auth: async () => {
          throw new TypeError('validation')
        },
      },
    })
    expect((await broken.post('/auth', {})).status).to.equal(500)
  })
})

describe('what a preflight is told', () => {
  const mirrored: [what: string, body: object, metadata: object, config: object][] = [
    // CON-217, CON-216
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
      expect([checked.metadata, checked.connectionConfig]).to.deep.equal([metadata, config])
    })
  }

  test('sixty seconds and all checks unless told otherwise', async () => {
    await app.post('/check', {})
    expect([checked.timeoutSeconds, checked.checksToRun]).to.deep.equal([60, []])
    await app.post('/check', { timeout_seconds: '5', checks_to_run: ['a'] })
    expect([checked.timeoutSeconds, checked.checksToRun]).to.deep.equal([5, ['a']])
  })
})

describe('what a listing is told', () => {
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
      expect([listed.templateKey, listed.objectFilter]).to.deep.equal([key, filter])
    })
  }

  test('a thousand objects, fields included, two minutes unless told otherwise', async () => {
    await app.post('/metadata', {})
    expect([listed.maxObjects, listed.includeFields, listed.timeoutSeconds]).to.deep.equal([1000, true, 120])
    await app.post('/metadata', { max_objects: 7, include_fields: 'no' })
    expect([listed.maxObjects, listed.includeFields]).to.deep.equal([7, false])
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
    ['the hyphens win', { 'agent-json': agent, agent_json: { other: 1 } }, agent],
    // CON-461
    ['a placeholder counts for nothing', { agent_json: '{{agent}}' }, undefined],
    ['nor does what is no object', { agent_json: 7 }, undefined],
  ]
  for (const [what, body, found] of placed) {
    test(what, async () => {
      expect((await app.post('/check', body)).status).to.equal(200)
      expect(checked.agent).to.deep.equal(found)
      expect(JSON.stringify([checked.metadata, checked.connectionConfig, checked.credentials])).to.not.match(/agent/i)
    })
  }
})
