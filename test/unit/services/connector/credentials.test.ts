import { describe, test } from 'node:test'
import { expect } from 'chai'
import { hooks } from '../../../../features/connector/postgres/hooks'
import { withPrefix } from '../../../../support/config/variables'
import { fieldsOf, pairsOf } from '../../../../support/services/connector/credentials'
import { variableOf } from '../../../../support/services/connector/folders'
import { endpointOf } from '../../../../support/services/connector/settings'
import { Source } from '../../../../support/services/connector/source'
import { accessTo } from '../../../support/access'
import { failureOf } from '../../../support/connector-client'

const pairs = (fields: Record<string, string>) => Object.entries(fields).map(([key, value]) => ({ key, value }))

describe('credentials as pairs', () => {
  const forms: [what: string, fields: object, found: Record<string, string>][] = [
    // CON-067
    ['numbers as text', { host: 'h', port: 5432 }, { host: 'h', port: '5432' }],
    // CON-069
    ['no nulls', { host: 'h', port: null, user: undefined }, { host: 'h' }],
    // CON-070
    [
      'extra flattened, unless it is no object',
      { extra: { database: 'd', n: 1 }, host: 'h' },
      { 'extra.database': 'd', 'extra.n': '1', host: 'h' },
    ],
    ['any other extra left out', { extra: 'x' }, {}],
    // CON-071
    ['booleans as JSON', { ssl: true }, { ssl: 'true' }],
    // CON-072
    ['objects and lists as compact JSON', { a: { b: [1, 2] }, c: [1] }, { a: '{"b":[1,2]}', c: '[1]' }],
    // CON-073
    ['nothing at all', {}, {}],
  ]
  for (const [what, fields, found] of forms) {
    test(what, () => {
      const frozen = Object.freeze({ ...fields })
      // CON-074
      expect(pairsOf(frozen)).to.deep.equal(pairs(found))
    })
  }

  // CON-068
  test('a list of pairs is handed back as it is', () => {
    const list = pairs({ host: 'h' })
    expect(pairsOf(list)).to.equal(list)
  })

  // CON-075, CON-076, CON-077, CON-086
  test('and back: nested again, nameless pairs dropped, an object as it is', () => {
    const object = { host: 'h' }
    expect(fieldsOf(object)).to.equal(object)
    expect(fieldsOf([...pairs({ host: 'h', 'extra.database': 'd' }), { key: '', value: 'x' }])).to.deep.equal({
      host: 'h',
      extra: { database: 'd' },
    })
  })
})

describe('the source of a connector', () => {
  const sourceWith = (variables: Record<string, string>, { connector = 'postgres', isLive = true, scenario = '' } = {}) => {
    const { access } = accessTo('http://app.test', {})
    const settingsWith = (prefix: string) => withPrefix(variables, prefix)
    return new Source({ ...access, isLive, setting: (name) => variables[name], settingsWith }, connector, scenario)
  }
  const whole = { HOST: 'h', PORT: '5432', USERNAME: 'u', PASSWORD: '007', DATABASE: 'd' }
  const named = (prefix: string) =>
    Object.fromEntries(Object.entries(whole).map(([field, value]) => [`${prefix}_${field}`, value]))

  // CON-113, CON-117, CON-125, CON-155, CON-676
  test('every E2E_<NAME>_<FIELD> is a field, in lower case; none is required and none is added', () => {
    expect(variableOf('my-db', 'HOST')).to.equal('E2E_MY_DB_HOST')
    const variables = {
      E2E_MY_DB_HOST: 'h',
      E2E_MY_DB_API_KEY: '',
      E2E_MY_DB_PORT: '5432',
      E2E_MY_DB_PASSWORD: '007',
      E2E_OTHER_HOST: 'x',
    }
    const { credentials } = sourceWith(variables, { connector: 'my-db' })
    expect(credentials.evaluate()).to.deep.equal({ host: 'h', api_key: '', port: 5432, password: '007' })
  })

  // CON-120, CON-130, CON-131, CON-132
  test('the bare prefix is no field, any spelling of the name is the same, and longer names with the same start are fields', () => {
    const variables = { E2E_MY_DB_: 'x', E2E_MY_DB_API_KEY_ID: 'k', E2E_MY_DB_TWO_HOST: 'other' }
    for (const connector of ['my-db', 'my_db', 'my db']) {
      const { credentials } = sourceWith(variables, { connector })
      expect(credentials.evaluate(), connector).to.deep.equal({ api_key_id: 'k', two_host: 'other' })
    }
  })

  // CON-677
  test('authType and extra come from the settings of the folder alone', () => {
    const { credentials } = sourceWith({ ...named('E2E_POSTGRES'), E2E_POSTGRES_AUTHTYPE: 'iam' })
    const { authType, authtype, extra } = credentials.evaluate()
    expect([authType, authtype, extra]).to.deep.equal(['basic', 'iam', { database: 'd' }])
    expect(pairsOf({ extra: '{"database":"d"}' })).to.deep.equal([])
  })

  // CON-678
  test('variables of a scenario override those of the connector, field by field', () => {
    const variables = { ...named('E2E_POSTGRES'), E2E_A_READER_LOGS_IN_USERNAME: 'reader' }
    const { host, username } = sourceWith(variables, { scenario: 'A reader logs in' }).credentials.evaluate()
    expect([host, username]).to.deep.equal(['h', 'reader'])
  })

  // CON-020, CON-122
  test('variables are read on first use, and missing or blank ones are reported then', () => {
    const source = sourceWith({ E2E_POSTGRES_HOST: 'h', E2E_POSTGRES_PORT: ' ', E2E_POSTGRES_USERNAME: '' })
    expect(source.isDescribed).to.equal(false)
    expect(source.credentials.isEvaluated()).to.equal(false)
    expect(() => source.credentials.evaluate()).to.throw(
      'set E2E_POSTGRES_PORT, E2E_POSTGRES_USERNAME, E2E_POSTGRES_PASSWORD, E2E_POSTGRES_DATABASE',
    )
  })

  test('may be changed only with permission, and where it is described', () => {
    const fixture = { CONNECTOR_POSTGRES_FIXTURE: '1' }
    expect(sourceWith({ ...named('E2E_POSTGRES'), ...fixture }).mayBeChanged).to.equal(true)
    expect(sourceWith(named('E2E_POSTGRES')).mayBeChanged).to.equal(false)
    expect(sourceWith({ E2E_POSTGRES_HOST: 'h', ...fixture }).mayBeChanged).to.equal(false)
  })

  test('the set-up of a killed run stays listed where the source’s variables are missing', async () => {
    const { access } = accessTo('http://app.test', {})
    const site = { access, source: sourceWith({}), name: 'acceptance_1' }
    for (const work of [hooks.recognise, hooks.tearDown, hooks.isTornDown]) {
      const error = await failureOf(async () => work?.(site))
      expect(error.message).to.contain('set E2E_POSTGRES_HOST')
    }
  })

  test('on a sandbox any connector has the sandbox’s own', () => {
    const variables = named('E2E_POSTGRES')
    expect(sourceWith(variables, { connector: 'my-db', isLive: false }).database).to.equal('d')
    expect(sourceWith(variables, { connector: 'my-db' }).credentials.evaluate()).to.deep.equal({})
  })
})

describe('the settings of a folder', () => {
  // CON-064, CON-686
  test('the timeout and the address of a call are the folder’s own, before those of the run', () => {
    const { access } = accessTo('http://app.test', {})
    const set = (variables: Record<string, string>) => ({ ...access, setting: (name: string) => variables[name] })
    expect(endpointOf(set({ CONNECTOR_TIMEOUT: '60' }), 'postgres')).to.deep.equal({
      baseURL: 'http://app.test',
      timeout: 60_000,
    })
    expect(endpointOf(set({ CONNECTOR_POSTGRES_URL: 'http://own.test' }), 'postgres').baseURL).to.equal('http://own.test')
  })
})
