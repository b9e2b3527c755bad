import { before, describe, test } from 'node:test'
import { expect } from 'chai'
import { authInput } from '../service/contracts'
import { type Shell, shell } from './support/service'

let app: Shell
before(async () => {
  app = await shell()
})

interface Fault {
  field: string
  message: string
  type: string
}

const noModel = (field: string, name: string): Fault => ({
  field,
  message: `Input should be a valid dictionary or instance of ${name}`,
  type: 'model_type',
})

describe('a body that breaks its contract: 422 with the field', () => {
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
      [noModel('connection_config', 'BaseConnectionConfig'), noModel('metadata', 'BaseMetadataConfig')],
    ],
    [
      'null for both of them',
      '/check',
      { connection_config: null, metadata: null },
      [noModel('connection_config', 'BaseConnectionConfig'), noModel('metadata', 'BaseMetadataConfig')],
    ],
    ['a text for a pair', '/auth', { credentials: ['host'] }, [noModel('credentials.0', 'HandlerCredential')]],
    [
      'an object instead of pairs, with the errors by name',
      '/check',
      { credentials_by_name: { source: { host: 'h' } } },
      [{ field: 'credentials_by_name.source', message: 'Input should be a valid list', type: 'list_type' }],
    ],
    [
      'lists for a number and a boolean',
      '/metadata',
      { include_fields: [], timeout_seconds: [] },
      [
        { field: 'include_fields', message: 'Input should be a valid boolean', type: 'bool_type' },
        { field: 'timeout_seconds', message: 'Input should be a valid integer', type: 'int_type' },
      ],
    ],
    ...['maybe', 2].map((odd): (typeof refused)[number] => [
      `${odd} for a boolean`,
      '/metadata',
      { include_fields: odd },
      [
        {
          field: 'include_fields',
          message: 'Input should be a valid boolean, unable to interpret input',
          type: 'bool_parsing',
        },
      ],
    ]),
    [
      'a text for the configuration of a listing',
      '/metadata',
      { connection_config: 'x' },
      [noModel('connection_config', 'BaseConnectionConfig')],
    ],
    [
      'a text for the credentials by name',
      '/check',
      { credentials_by_name: 'x' },
      [{ field: 'credentials_by_name', message: 'Input should be a valid dictionary', type: 'dict_type' }],
    ],
    [
      'a pair among them without a value',
      '/check',
      { credentials_by_name: { source: [{ key: 'host' }] } },
      [{ field: 'credentials_by_name.source.0.value', message: 'Field required', type: 'missing' }],
    ],
    [
      'a number under another name of its field: the name it was sent by',
      '/metadata',
      { connector: 5, type: 7 },
      ['connector', 'type'].map((field) => ({ field, message: 'Input should be a valid string', type: 'string_type' })),
    ],
    [
      'null under a field’s own name, whatever its other names hold',
      '/metadata',
      { metadata_template_key: null, type: 'all' },
      [{ field: 'metadata_template_key', message: 'Input should be a valid string', type: 'string_type' }],
    ],
    // CON-539
    [
      'several at once, in the order of the model',
      '/check',
      { timeout_seconds: 1.5, checks_to_run: 'all', entrypoint: 5, credentials: [{ key: 1, value: 'v' }] },
      [
        { field: 'credentials.0.key', message: 'Input should be a valid string', type: 'string_type' },
        { field: 'entrypoint', message: 'Input should be a valid string', type: 'string_type' },
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

  test('the rejected value is not shown', async () => {
    const { text } = await app.post('/auth', { credentials: [{ key: 'password', value: { deep: 'hunter2' } }] })
    expect(text).to.not.contain('hunter2')
  })

  // CON-464, CON-465
  test('such an error raised by a handler is an internal error', async () => {
    const raise = async () => {
      authInput({ credentials: null })
      throw new Error('a body without pairs is valid')
    }
    for (const dialect of ['3.28.3', '3.52.0'] as const) {
      const broken = await shell({ dialect, handler: { auth: raise, check: raise, metadata: raise } })
      for (const path of ['/auth', '/check', '/metadata']) {
        const { status, body } = await broken.post(path, {})
        expect([status, body.detail], `${dialect} ${path}`).to.deep.equal([500, 'Internal server error'])
      }
    }
  })
})
