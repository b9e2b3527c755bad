import { after, before, describe, test } from 'node:test'
import { expect } from 'chai'
import { type Owner, owner } from './support/source'

let ada: Owner
let logins: Record<string, { username: string; password: string }>
before(async () => {
  ada = await owner({ minimumVersion: 15 })
  logins = (await (await fetch(`${ada.sandbox.control}/logins`)).json()) as typeof logins
})
after(() => ada.sandbox.stop())

const auth = (changes: object) => ada.post('/auth', { credentials: { ...ada.credentials, ...changes } })
const check = (changes: object, metadata: object = {}) =>
  ada.post('/check', { credentials: { ...ada.credentials, ...changes }, metadata })

describe('a login to the real database', () => {
  const refused: [what: string, changes: () => object, says: RegExp][] = [
    ['wrong password', () => ({ password: 'wrong' }), /^Password authentication failed for user/],
    ['unknown user', () => ({ username: 'nobody' }), /^Password authentication failed for user "nobody"/],
    ['a role that may not log in', () => logins.retired ?? {}, /may not log in$/],
    ['unknown database', () => ({ database: 'x', extra: {} }), /^The database "x" does not exist$/],
    ['unknown host', () => ({ host: 'no-such-host.invalid' }), /^The host "no-such-host.invalid" is not found$/],
    ['no server listens', () => ({ port: 1 }), /^Connection refused by 127\.0\.0\.1:1$/],
    ['encryption where there is none', () => ({ extra: { ssl_mode: 'require' } }), /takes no encrypted connections$/],
    ['no port number', () => ({ port: 'x' }), /port/],
    ['an unknown authentication type', () => ({ authType: 'kerberos' }), /"kerberos" is not supported/],
    ['a role of a cloud', () => ({ authType: 'iam_role' }), /iam_role/],
    ['missing fields', () => ({ username: null, password: null }), /^Missing credentials: username, password$/],
  ]
  for (const [what, changes, says] of refused) {
    test(what, async () => {
      const given = changes()
      const { status, body } = await auth(given)
      expect([status, body.success, body.data.status]).to.deep.equal([401, false, 'failed'])
      expect(body.message).to.match(says)
      const password = 'password' in given && given.password ? String(given.password) : String(ada.credentials.password)
      if (password !== 'wrong') expect(JSON.stringify(body), 'the password').to.not.contain(password)
    })
  }

  test('an empty body is a failed login', async () => {
    for (const body of [{}, { credentials: {} }]) {
      const { status, body: response } = await ada.post('/auth', body)
      expect([status, response.data.status]).to.deep.equal([401, 'failed'])
    }
  })

  test('each field but the password may be in extra; names that need escaping are accepted', async () => {
    const { password, port } = ada.credentials
    const { database, host, username } = ada.credentials
    const { status } = await ada.post('/auth', { credentials: { password, port, extra: { database, host, username } } })
    expect(status).to.equal(200)
    expect((await auth({ password: 'a b/@:%' })).status).to.equal(401)
  })

  // CON-542
  test('metadata without a login: 401 with only a detail', async () => {
    const { status, body } = await ada.post('/metadata', { credentials: { ...ada.credentials, password: 'wrong' } })
    expect([status, body]).to.deep.equal([401, { detail: 'SQL client authentication failed' }])
  })

  // CON-541
  test('metadata lists the schemas, no more than requested', async () => {
    const { body } = await ada.post('/metadata', { credentials: ada.credentials, type: 'all' })
    const schemas = body.data.map(({ TABLE_SCHEMA }: { TABLE_SCHEMA: string }) => TABLE_SCHEMA)
    expect(schemas).to.deep.equal(['archive', 'marketing', 'public', 'sales'])
    expect((await ada.post('/metadata', { credentials: ada.credentials, max_objects: 2 })).body.data).to.have.length(2)
  })
})

describe('the preflight of the real database', () => {
  const messages = (body: { preflight: { checks: { name: string; message: string }[] } }) =>
    Object.fromEntries(body.preflight.checks.map(({ name, message }) => [name, message]))

  test('ready, with the messages of its checks', async () => {
    const { body } = await check({})
    expect([body.success, body.preflight.status]).to.deep.equal([true, 'ready'])
    expect(messages(body)).to.deep.equal({
      databaseSchemaCheck: 'Schemas and Databases check successful',
      tablesCheck: 'Tables check successful. Table count: 18',
      versionCheck: messages(body).versionCheck,
    })
    expect(messages(body).versionCheck).to.match(/^Client version [\d.]+ meets minimum required version 15$/)
  })

  test('a read-only user is ready, too', async () => {
    expect((await check(logins.reader ?? {})).body.preflight.status).to.equal('ready')
  })

  const named: [what: string, metadata: () => object, verdict: string, message: RegExp][] = [
    ['a database that is there', () => ({ databases: [ada.database] }), 'ready', /successful/],
    ['one that is not', () => ({ databases: ['MY_DB'] }), 'partial', /^Schemas and Databases check failed for MY_DB database$/],
    [
      'one these credentials may not enter',
      () => ({ databases: [ada.database, 'template0'] }),
      'partial',
      /failed for template0 database$/,
    ],
    ['a schema that is there', () => ({ 'include-filter': { [`^${ada.database}$`]: ['^sales$'] } }), 'ready', /successful/],
    ['as text', () => ({ 'include-filter': JSON.stringify({ [`^${ada.database}$`]: ['^sales$'] }) }), 'ready', /successful/],
    [
      'one that is not',
      () => ({ 'include-filter': { [`^${ada.database}$`]: ['^nope$'] } }),
      'partial',
      /failed for \S+\.nope schema$/,
    ],
    ['every schema', () => ({ 'include-filter': { [`^${ada.database}$`]: ['*'] } }), 'ready', /successful/],
  ]
  for (const [what, metadata, verdict, message] of named) {
    test(`names: ${what}`, async () => {
      const { status, body } = await check({}, metadata())
      expect([status, body.preflight.status]).to.deep.equal([200, verdict])
      expect(messages(body).databaseSchemaCheck).to.match(message)
    })
  }

  test('tables are counted within the filters; an invalid filter fails its check', async () => {
    const { body } = await check(
      {},
      { 'include-filter': { [`^${ada.database}$`]: ['^marketing$'] }, 'temp-table-regex': '^tmp_' },
    )
    expect(messages(body).tablesCheck).to.equal('Tables check successful. Table count: 1')
    const broken = (await check({}, { 'temp-table-regex': '(' })).body
    expect(messages(broken).tablesCheck).to.match(/^Tables check failed: /)
    expect(broken.preflight.status).to.equal('partial')
  })

  test('no login: not ready, with a typed error and a suggested action', async () => {
    const { status, body } = await check({ password: 'wrong' })
    expect([status, body.success, body.preflight.status]).to.deep.equal([200, true, 'not_ready'])
    expect(body.preflight.checks[0]).to.nested.include({
      passed: false,
      'error.category': 'AUTH',
      suggested_action: 'Check the user name and the password',
    })
  })

  // CON-540
  test('checks by name; an unknown name selects none', async () => {
    const { body } = await ada.post('/check', { credentials: ada.credentials, checks_to_run: ['versionCheck'] })
    expect(Object.keys(body.data)).to.deep.equal(['versionCheck'])
    const none = (await ada.post('/check', { credentials: ada.credentials, checks_to_run: ['other'] })).body
    expect([none.success, none.data, none.preflight.status]).to.deep.equal([false, {}, 'ready'])
  })

  test('a server too old does not meet the minimum', async () => {
    const strict = await owner({ minimumVersion: 99 })
    after(() => strict.sandbox.stop())
    const { body } = await strict.post('/check', { credentials: strict.credentials })
    expect(messages(body).versionCheck).to.match(/does not meet minimum required version 99$/)
    expect(body.preflight.status).to.equal('partial')
  })
})

test('its worker tells its health on a port of its own', async () => {
  expect((await fetch(`${ada.sandbox.worker}/ready`)).status).to.equal(200)
})
