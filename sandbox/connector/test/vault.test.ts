import { existsSync, readFileSync, statSync } from 'node:fs'
import { before, describe, test } from 'node:test'
import { expect } from 'chai'
import { type Shell, shell } from './support/service'

let app: Shell
before(async () => {
  app = await shell()
})

const storeless = () => shell({ infrastructure: ({ objects: _none, ...made }) => made })

describe('the local vault', () => {
  const credentials = { host: 'h', port: 5432, username: 'u', password: 'p', extra: { database: 'd' }, url: 'x' }

  // CON-347, CON-349, CON-350, CON-559
  test('secrets are stored in a separate file, the rest in the configuration', async () => {
    const { status, body } = await app.post('/dev/local-vault', credentials)
    expect([status, body.success, body.message]).to.deep.equal([200, true, 'Credentials provisioned successfully'])
    const guid = body.data.credential_guid
    expect(guid).to.match(/^[0-9a-f]{32}$/)
    const { path } = app.infrastructure.secrets
    expect(JSON.parse(readFileSync(path, 'utf8'))[guid]).to.deep.equal({
      username: 'u',
      password: 'p',
      extra: { database: 'd' },
      url: 'x',
    })
    expect(statSync(path).mode & 0o777, 'who may read it').to.equal(0o600)
    expect((await app.get(`/config/${guid}?type=credentials`)).body.data).to.deep.equal({
      credentialSource: 'direct',
      host: 'h',
      port: 5432,
    })
  })

  // CON-348
  test('closed outside the local deployment', async () => {
    const away = await shell({ infrastructure: (made) => ({ ...made, deployment: 'production' }) })
    const { status, body } = await away.post('/dev/local-vault', credentials)
    expect([status, body]).to.deep.equal([403, { detail: 'Dev-only endpoint' }])
    expect(existsSync(away.infrastructure.secrets.path)).to.equal(false)
  })

  // CON-351, CON-352
  test('an empty object is accepted; without an object store any object is', async () => {
    const empty = await app.post('/dev/local-vault', {})
    expect([empty.status, empty.body]).to.deep.equal([
      200,
      {
        success: true,
        data: { credential_guid: empty.body.data.credential_guid },
        message: 'Credentials provisioned successfully',
      },
    ])
    expect(empty.body.data.credential_guid).to.match(/^[0-9a-f]{32}$/)
    const bare = await storeless()
    const { status, body } = await bare.post('/dev/local-vault', credentials)
    expect(status).to.equal(200)
    expect(bare.infrastructure.secrets.get(body.data.credential_guid)).to.include({ password: 'p' })
  })
})
