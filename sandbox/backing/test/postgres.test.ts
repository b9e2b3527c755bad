import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { type PostgresServer, startPostgres } from '../postgres'
import type { PostgresBinaries } from '../postgres-binaries'
import { newClient, newPool, withClient } from '../postgres-client'
import { newCluster } from '../postgres-cluster'
import { guardedFolder, serverAccount } from '../private-folder'

const query = (url: string, sql: string): Promise<unknown[]> => withClient(url, async (client) => (await client.query(sql)).rows)

async function untilGone(isThere: () => boolean, patience = 30_000): Promise<void> {
  for (const deadline = Date.now() + patience; isThere() && Date.now() < deadline; ) await pause(20)
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

describe('PostgreSQL for sandboxes', () => {
  let server: PostgresServer
  before(async () => {
    server = await startPostgres()
  })
  after(() => server.stop())

  it('is a real one, and says which', async () => {
    assert.match(server.label, /^PostgreSQL \d+\.\d+, (embedded|local)$/)
    const url = await server.createDatabase('version')
    assert.match(JSON.stringify(await query(url, 'select version()')), /PostgreSQL \d+/)
  })

  it('copies a database', async () => {
    const template = await server.createDatabase('template')
    await query(template, 'create table things as select 42 as answer')
    const copy = await server.createDatabase('copy', template)
    await query(template, 'drop table things')
    assert.deepEqual(await query(copy, 'select answer from things'), [{ answer: 42 }])
  })

  it('makes databases of one name side by side, each its own', async () => {
    const urls = await Promise.all(['same', 'same', 'same'].map((name) => server.createDatabase(name)))
    assert.equal(new Set(urls).size, 3)
  })

  it('refuses connections without the password', async () => {
    const url = new URL(await server.createDatabase('locked'))
    url.password = 'guess'
    await assert.rejects(query(url.href, 'select 1'), { code: '28P01' })
  })

  it('drops a database with open connections', async () => {
    const url = await server.createDatabase('dropped')
    const client = newClient({ connectionString: url })
    await client.connect()
    await server.dropDatabase(url)
    await assert.rejects(query(url, 'select 1'), { code: '3D000' })
    await client.end()
  })

  it('breaks connections, used or idle, and no process', async () => {
    const url = await server.createDatabase('broken')
    const pool = newPool({ connectionString: url })
    const [used, idle] = await Promise.all([pool.connect(), pool.connect()])
    idle.release()
    const sleeping = assert.rejects(used.query('select pg_sleep(60)'), { code: '57P01' })
    await server.dropDatabase(url)
    await sleeping
    used.release(true)
    await pool.end()
  })

  it('serves until its last user stops it', async () => {
    const second = await startPostgres()
    assert.equal(second.port, server.port)
    await second.stop()
    await second.stop()
    assert.equal((await query(await server.createDatabase('still'), 'select 1')).length, 1)
  })
})

describe('a cluster that cannot be made', () => {
  it('says so, and leaves nothing where later runs look', async () => {
    const account = serverAccount()
    const { folder, watch } = guardedFolder('broken', account)
    const version = `0.${process.pid}`
    const binaries: PostgresBinaries = { postgres: '/bin/false', initdb: '/bin/false', version, from: 'local' }
    await assert.rejects(newCluster(binaries, account, join(folder, 'data')), /false/)
    const cache = join(__dirname, '../../node_modules/.cache/acceptance-sandbox')
    assert.deepEqual(
      readdirSync(cache).filter((name) => name.includes(`-${version}-`)),
      [],
    )
    rmSync(folder, { recursive: true })
    watch.dismiss()
  })
})

const CHILD = `
  const { startPostgres } = require(${JSON.stringify(join(__dirname, '../postgres.ts'))})
  startPostgres().then(async (server) => {
    const { Client } = require('pg')
    const client = new Client({ connectionString: await server.createDatabase('child') })
    await client.connect()
    const { rows: [{ folder }] } = await client.query("select current_setting('data_directory') as folder")
    const pid = Number(require('node:fs').readFileSync(folder + '/postmaster.pid', 'utf8').split('\\n')[0])
    await client.end()
    console.log(JSON.stringify({ pid, folder }))
    if (process.argv[1] === 'stop') await server.stop()
    else setInterval(() => undefined, 1000)
  })
`

describe('a process that started PostgreSQL', () => {
  for (const [how, argument] of [
    ['is killed', 'stay'],
    ['stops it', 'stop'],
  ] as const) {
    it(`leaves neither server nor folder when it ${how}`, async () => {
      const child = spawn(process.execPath, ['--require', 'ts-node/register', '-e', CHILD, argument], {
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      const [line] = (await once(child.stdout, 'data')) as [Buffer]
      const { pid, folder } = JSON.parse(line.toString()) as { pid: number; folder: string }
      const ended = once(child, 'exit')
      if (argument === 'stay') child.kill('SIGKILL')
      await ended
      await untilGone(() => isAlive(pid) || existsSync(folder))
      assert.equal(isAlive(pid), false, 'the server still runs')
      assert.equal(existsSync(folder), false, `${folder} is still there`)
    })
  }
})
