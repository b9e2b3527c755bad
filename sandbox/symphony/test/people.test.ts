import { describe, test } from 'node:test'
import { expect } from 'chai'
import { type Anything, ownPod } from './support/server'

const wire = ownPod({
  Ada: {},
  Ben: {},
  Cleo: {},
  Dan: { kind: 'bot', lacks: ['contactInfo', 'updatePresence'], roles: ['USER_PROVISIONING'] },
})

const who = (name: string) => wire().people[name] as { id: string; username: string; emailAddress: string; displayName: string }
const get = (path: string, as = 'Ada') => wire().call('GET', `/pod${path}`, { as })
const post = (path: string, body: unknown, as = 'Ada') => wire().call('POST', `/pod${path}`, { as, body })

describe('users', () => {
  test('the session returns its own account', async () => {
    const { body } = await get('/v2/sessioninfo')
    expect(body).to.include({ id: Number(who('Ada').id), username: who('Ada').username, accountType: 'SYSTEM' })
    expect(body.id, 'an int64 every client reads exactly').to.be.lessThan(Number.MAX_SAFE_INTEGER)
    expect(body).to.include.keys('emailAddress', 'displayName', 'company', 'avatars', 'roles')
  })

  // SYM-011, SYM-012
  test('one is found by id, email or username, in any case; an unknown one is 204 without a body', async () => {
    const ben = who('Ben')
    for (const query of [`uid=${ben.id}`, `email=${ben.emailAddress.toUpperCase()}`, `username=${ben.username}&local=true`]) {
      const one = await get(`/v2/user?${query}`)
      const many = await get(`/v3/users?${query}`)
      expect([one.body.id, many.body.users[0].id, many.body.errors], query).to.deep.equal([Number(ben.id), Number(ben.id), []])
    }
    for (const path of ['/v2/user?uid=1', '/v3/users?uid=1', '/v3/users?username=nobody', '/v2/user?email=x@y.example']) {
      const { status, body } = await get(path)
      expect([status, body], path).to.deep.equal([204, ''])
    }
  })

  test('lists contain up to 100 of exactly one kind; unknown ones are reported', async () => {
    const { body } = await get(`/v3/users?uid=${who('Ben').id},1,${who('Cleo').id}`)
    expect(body.users.map(({ username }: Anything) => username)).to.deep.equal([who('Ben').username, who('Cleo').username])
    expect(body.errors).to.deep.equal([{ error: 'invalid.format', id: '1' }])
    expect((await get(`/v3/users?email=x@y.example,${who('Ben').emailAddress}`)).body.errors[0].email).to.equal('x@y.example')
    const many = Array.from({ length: 101 }, (_, id) => id + 1).join(',')
    for (const query of ['', 'uid=1&email=a@b.example', 'uid=abc', `uid=${many}`])
      expect((await get(`/v3/users?${query}`)).status, query).to.equal(400)
    expect((await get('/v2/user')).status).to.equal(400)
  })

  test('a list is given with commas or by a repeated parameter', async () => {
    const { body } = await get(`/v3/users?uid=${who('Ben').id}&uid=${who('Cleo').id}`)
    expect(body.users).to.have.length(2)
  })

  test('inactive people can be left out', async () => {
    expect((await get(`/v3/users?uid=${who('Ben').id}&active=False`)).status).to.equal(204)
    expect((await get(`/v3/users?uid=${who('Ben').id}&active=True`)).status).to.equal(200)
  })

  test('a search finds names, in pages', async () => {
    const { body } = await post('/v1/user/search?skip=0&limit=1', { query: 'tester', filters: null })
    expect(body).to.include({ count: 2, skip: 0, limit: 1 })
    expect(body.users).to.have.length(1)
    expect((await post('/v1/user/search', { query: 'ben', filters: { company: 'Acceptance' } })).body.count).to.equal(1)
    expect((await post('/v1/user/search', { query: 'ben', filters: { company: 'Elsewhere' } })).status).to.equal(204)
    expect((await post('/v1/user/search', { query: 'nobody at all' })).status).to.equal(204)
    expect((await post('/v1/user/search', { query: null })).status).to.equal(400)
  })

  test('people of other pods are unknown', async () => {
    await wire().callControl('/people', { group: 'elsewhere', people: [{ name: 'Stranger' }] })
    expect((await post('/v1/user/search', { query: 'stranger' })).status).to.equal(204)
  })

  test('without the entitlement, fields for contacts are left out', async () => {
    const { body } = await get(`/v2/user?uid=${who('Ben').id}`, 'Dan')
    expect(body)
      .to.include({ displayName: who('Ben').displayName })
      .and.not.have.any.keys('emailAddress', 'department')
  })

  // SYM-012
  test('the admin call requires the role to provision users', async () => {
    expect((await get(`/v2/admin/user/${who('Ben').id}`)).status).to.equal(403)
    const { body } = await get(`/v2/admin/user/${who('Ben').id}`, 'Dan')
    expect(body).to.have.all.keys('userAttributes', 'userSystemInfo', 'features', 'apps', 'roles', 'groups')
    expect(body.userSystemInfo).to.include({ id: Number(who('Ben').id), status: 'ENABLED' })
    expect(body.userSystemInfo.createdDate, 'milliseconds, as a number').to.be.a('number')
    expect(body.userAttributes).to.include({ userName: who('Ben').username, companyName: 'Acceptance', accountType: 'NORMAL' })
    for (const uid of ['1', 'abc']) expect((await get(`/v2/admin/user/${uid}`, 'Dan')).status, uid).to.equal(400)
  })
})

describe('presence', () => {
  test('of every user can be read; the own one can be set to any category', async () => {
    for (const category of ['BUSY', 'OUT_OF_OFFICE', 'AVAILABLE']) {
      const { status, body } = await post('/v2/user/presence', { category })
      expect([status, body.category, body.userId]).to.deep.equal([200, category, Number(who('Ada').id)])
      expect((await get('/v2/user/presence')).body.category).to.equal(category)
      expect((await get(`/v3/user/${who('Ada').id}/presence?local=False`, 'Dan')).body.category).to.equal(category)
    }
    expect((await get(`/v3/user/${who('Ben').id}/presence`)).body).to.have.all.keys('category', 'userId', 'timestamp')
  })

  // SYM-062
  test('an unknown category is 400, an unknown user 404, a user without a connection 403', async () => {
    const { status, body } = await post('/v2/user/presence', { category: 'DANCING' })
    expect([status, body.code]).to.deep.equal([400, 400])
    expect(body.message).to.include('DANCING')
    expect((await get('/v3/user/1/presence')).status).to.equal(404)
    const { body: made } = await wire().callControl('/people', { group: 'far', people: [{ name: 'Far' }] })
    expect((await get(`/v3/user/${made.people.Far.id}/presence`)).status).to.equal(403)
  })

  test('a missing category, and one in lower case, are invalid', async () => {
    await post('/v2/user/presence', { category: 'BUSY' })
    for (const body of [{}, { category: null }, { category: 'available' }, { category: ['AVAILABLE'] }, undefined])
      expect((await post('/v2/user/presence', body)).status, JSON.stringify(body)).to.equal(400)
    expect((await get('/v2/user/presence')).body.category).to.equal('BUSY')
  })

  test('a soft change does not replace a chosen state or offline', async () => {
    await post('/v2/user/presence', { category: 'BUSY' })
    expect((await post('/v2/user/presence?soft=true', { category: 'AVAILABLE' })).body.category).to.equal('BUSY')
    await post('/v2/user/presence', { category: 'AWAY' })
    expect((await post('/v2/user/presence?soft=True', { category: 'AVAILABLE' })).body.category).to.equal('AVAILABLE')
  })

  test('the own one needs an entitlement, others’ a role', async () => {
    expect((await post('/v2/user/presence', { category: 'BUSY' }, 'Dan')).status).to.equal(403)
    const body = { category: 'IN_A_MEETING', userId: Number(who('Ben').id) }
    expect((await post('/v3/user/presence', body)).status).to.equal(403)
    expect((await post('/v3/user/presence', body, 'Dan')).body.category).to.equal('IN_A_MEETING')
    expect((await get(`/v3/user/${who('Ben').id}/presence`)).body.category).to.equal('IN_A_MEETING')
  })
})
