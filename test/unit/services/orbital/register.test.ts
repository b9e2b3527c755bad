import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { expect } from 'chai'
import { type Made, Register } from '../../../../sandbox/backing/register'
import { temporaryFolder } from '../../../../sandbox/kit/test/temporary'
import { ROOT } from '../../../support/runner'

const URL = 'amqp://me:secret@broker.example/shop'
const DIES = `
const { Register } = require('./sandbox/backing/register')
const register = Register.begin('rabbitmq', '${URL}', process.argv[1])
const queue = { kind: 'queue', name: register.nameFor('deliveries') }
register.note(queue, { kind: 'exchange', name: register.nameFor('services') })
register.strike(queue)
process.kill(process.pid, 'SIGKILL')
`

/** @returns the only file a killed process left in the folder */
function killed(folder: string): string {
  const { status, stderr } = spawnSync(process.execPath, ['--require', './support/run/typescript.js', '-e', DIES, folder], {
    cwd: ROOT,
  })
  expect(status, stderr.toString()).to.equal(null)
  return join(folder, readdirSync(folder)[0] ?? '')
}

const change = (path: string, from: string | RegExp, to: string): void => {
  const text = readFileSync(path, 'utf8')
  expect(text).to.match(new RegExp(from))
  writeFileSync(path, text.replace(from, to))
}

describe('things created on servers given by URL', () => {
  test('is noted by name, without credentials, and struck out when it is removed', () => {
    const folder = temporaryFolder()
    const register = Register.begin('mongodb', 'mongodb://me:secret@h/theirs', folder)
    const database: Made = { kind: 'database', name: register.nameFor('orbital') }
    expect(readdirSync(folder)).to.deep.equal([])
    register.note(database)
    const [file = ''] = readdirSync(folder)
    expect(readFileSync(join(folder, file), 'utf8'))
      .to.contain(database.name)
      .and.contain('h:27017')
      .and.not.contain('secret')
    register.strike(database)
    expect(readdirSync(folder)).to.deep.equal([])
  })

  test('has to have a name of the register’s own', () => {
    const register = Register.begin('mongodb', 'mongodb://h', temporaryFolder())
    expect(() => register.note({ kind: 'database', name: 'orbital' })).to.throw('"orbital" is no name of this register')
  })

  test('is not made where it cannot be noted', () => {
    const register = Register.begin('mongodb', 'mongodb://h', '/dev/null/nowhere')
    const note = () => register.note({ kind: 'database', name: register.nameFor('orbital') })
    expect(note).to.throw(/nothing is made on a server given by URL without it/)
  })

  test('is found again once its process was killed', () => {
    const folder = temporaryFolder()
    killed(folder)
    const [register, ...more] = Register.ofTheDead(folder)
    expect(more).to.deep.equal([])
    expect(register?.things.map(({ kind }) => kind)).to.deep.equal(['exchange'])
    expect(register?.isOf('rabbitmq', URL)).to.equal(true)
    expect(register?.isOf('rabbitmq', 'amqp://other:account@broker.example:5672/shop')).to.equal(true)
    for (const other of ['amqp://broker.example/', 'amqp://broker.example:5673/shop', 'amqp://another.example/shop'])
      expect(register?.isOf('rabbitmq', other), other).to.equal(false)
  })

  test('is not cleaned up by others while its process runs', () => {
    const folder = temporaryFolder()
    const register = Register.begin('mongodb', 'mongodb://h', folder)
    register.note({ kind: 'database', name: register.nameFor('orbital') })
    expect(Register.ofTheDead(folder)).to.deep.equal([])
  })

  test('nor where it is not certain that it does not: on another machine, in another container', () => {
    const folder = temporaryFolder()
    change(killed(folder), /"place":"[^"]+"/, '"place":"elsewhere"')
    expect(Register.ofTheDead(folder)).to.deep.equal([])
  })

  test('a process id that another process has by now does not pass for a living one', () => {
    const folder = temporaryFolder()
    change(killed(folder), /"pid":\d+/, `"pid":${process.pid}`)
    expect(Register.ofTheDead(folder)).to.have.length(1)
  })

  test('names that are not the register’s are skipped, whatever the file contains', () => {
    const folder = temporaryFolder()
    change(killed(folder), /"made":\{"kind":"exchange","name":"[^"]+"/, '"made":{"kind":"exchange","name":"services_test"')
    expect(Register.ofTheDead(folder).flatMap(({ things }) => things)).to.deep.equal([])
  })
})
