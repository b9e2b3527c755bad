import { describe, test } from 'node:test'
import { expect } from 'chai'
import { withDatabase } from '../../../../sandbox/backing/mongodb'
import { decideTargets } from '../../../../support/run/targets'
import { orbital } from '../../../../support/services/orbital/service'

const CREDENTIALS = {
  ORBITAL_BASE_URL: 'http://localhost:8000',
  ORBITAL_POSTGRES_URL: 'postgresql://me:secret@localhost/orbital',
  ORBITAL_JWT_SECRET: 'secret',
}

describe('the MongoDB of a live backend', () => {
  const faultsWith = (url: string): string[] =>
    decideTargets([orbital], { ...CREDENTIALS, ORBITAL_MONGODB_URL: url }, undefined).errors

  test('is refused without a database, naming the variable and what is missing', () => {
    for (const url of [
      'mongodb://127.0.0.1:27017',
      'mongodb://127.0.0.1:27017/',
      'mongodb://me:secret@one:27017,two:27017/?replicaSet=rs0',
      'mongodb+srv://cluster.example.net?retryWrites=true',
    ])
      expect(faultsWith(url), url).to.deep.equal([
        'ORBITAL_MONGODB_URL must name the database after the host, as in mongodb://host:27017/orbital',
      ])
  })

  test('is taken with one', () => {
    for (const url of [
      'mongodb://127.0.0.1:27017/orbital',
      'mongodb://one,two/orbital?replicaSet=rs0',
      'mongodb+srv://me:secret@c.net/o',
    ])
      expect(faultsWith(url), url).to.deep.equal([])
  })

  test('must be a MongoDB', () => {
    expect(faultsWith('http://localhost/orbital')).to.deep.equal(['ORBITAL_MONGODB_URL must be a URL beginning with mongodb://'])
  })
})

describe('a MongoDB given to the sandbox', () => {
  test('is used with a database of the sandbox’s own, and the account is looked up where it was', () => {
    for (const [given, wanted] of [
      ['mongodb://h:1', 'mongodb://h:1/own'],
      ['mongodb://h:1/', 'mongodb://h:1/own'],
      ['mongodb://h:1/theirs', 'mongodb://h:1/own'],
      ['mongodb://h:1/theirs?directConnection=true', 'mongodb://h:1/own?directConnection=true'],
      ['mongodb://me:x@h:1/theirs', 'mongodb://me:x@h:1/own?authSource=theirs'],
      ['mongodb://me:x@h:1/theirs?authSource=admin', 'mongodb://me:x@h:1/own?authSource=admin'],
      ['mongodb://me:x@h:1', 'mongodb://me:x@h:1/own?authSource=admin'],
      ['mongodb+srv://me:x@h/theirs', 'mongodb+srv://me:x@h/own'],
    ])
      expect(withDatabase(given ?? '', 'own'), given).to.equal(wanted)
  })
})
