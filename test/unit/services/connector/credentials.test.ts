import { describe, test } from 'node:test'
import { expect } from 'chai'
import { hooks } from '../../../../features/connector/postgres/hooks'
import { fieldsOf, pairsOf } from '../../../../support/services/connector/credentials'
import { variableOf } from '../../../../support/services/connector/folders'
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
  const sourceWith = (variables: Record<string, string>, connector = 'my-db', isLive = true) => {
    const { access } = accessTo('http://app.test', {})
    return new Source({ ...access, isLive, setting: (name) => variables[name] }, connector)
  }
  const whole = { HOST: 'h', PORT: '5432', USERNAME: 'u', PASSWORD: '007', DATABASE: 'd' }
  const named = (prefix: string) =>
    Object.fromEntries(Object.entries(whole).map(([field, value]) => [`${prefix}_${field}`, value]))

  // CON-113, CON-117, CON-125, CON-155
  test('is read from E2E_<NAME>_<FIELD>, and a password of digits stays the text it is', () => {
    expect(variableOf('my-db', 'HOST')).to.equal('E2E_MY_DB_HOST')
    const { credentials } = sourceWith({ ...named('E2E_MY_DB'), E2E_OTHER_HOST: 'x', E2E_MY_DB_MORE: 'y' })
    expect(credentials.evaluate()).to.deep.equal({
      host: 'h',
      port: 5432,
      username: 'u',
      password: '007',
      database: 'd',
      authType: 'basic',
      extra: { database: 'd' },
    })
  })

  // CON-020, CON-122
  test('nothing is read before it is needed, and what lacks is named then', () => {
    const source = sourceWith({ E2E_MY_DB_HOST: 'h' })
    expect(source.credentials.isEvaluated()).to.equal(false)
    expect(() => source.credentials.evaluate()).to.throw(
      'set E2E_MY_DB_PORT, E2E_MY_DB_USERNAME, E2E_MY_DB_PASSWORD, E2E_MY_DB_DATABASE',
    )
  })

  test('may be changed only with leave, and where it is described', () => {
    expect(sourceWith({ ...named('E2E_MY_DB'), E2E_MY_DB_FIXTURE: '1' }).mayBeChanged).to.equal(true)
    expect(sourceWith(named('E2E_MY_DB')).mayBeChanged).to.equal(false)
    expect(sourceWith({ E2E_MY_DB_HOST: 'h', E2E_MY_DB_FIXTURE: '1' }).mayBeChanged).to.equal(false)
  })

  test('what a dead run set up there is not forgotten where the source is not described any more', async () => {
    const { access } = accessTo('http://app.test', {})
    const site = { access, source: sourceWith({}), name: 'acceptance_1' }
    for (const work of [hooks.recognise, hooks.tearDown, hooks.isTornDown]) {
      const error = await failureOf(async () => work?.(site))
      expect(error.message).to.contain('set E2E_MY_DB_HOST')
    }
  })

  test('on a sandbox any connector has the sandbox’s own', () => {
    expect(sourceWith(named('E2E_POSTGRES'), 'my-db', false).database).to.equal('d')
    expect(() => sourceWith(named('E2E_POSTGRES'), 'my-db', true).database).to.throw('E2E_MY_DB_HOST')
  })
})
