import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { describe, test } from 'node:test'
import { expect } from 'chai'
import { eventually } from '../../kit/test/eventually'
import { startNode } from '../../kit/test/process'
import { temporaryFolder } from '../../kit/test/temporary'

const OWNER = `
const { spawn } = require('node:child_process')
const { guard, unrefChild } = require('./backing/guard')
const [signal, folder, server] = process.argv.slice(1)
const servers = [1, 2].map(() => spawn(process.execPath, ['-e', server], { detached: true, stdio: ['ignore', 'pipe', 'ignore'] }))
for (const one of servers) unrefChild(one)
Promise.all(servers.map((one) => new Promise((up) => one.stdout.once('data', up)))).then(() => {
  guard(servers.map(({ pid }) => -pid), folder, signal)
  console.log(servers.map(({ pid }) => pid).join(' '))
})
setInterval(() => undefined, 1_000)
`
const SERVER = "setInterval(() => undefined, 1_000); console.log('up')"
const STUBBORN = `process.on('SIGQUIT', () => undefined); ${SERVER}`

/** A PATH with a `sleep` that counts its calls. */
function countingSleeps(folder: string): { PATH: string; sleeps: () => number } {
  const [bin, log] = [join(folder, 'bin'), join(folder, 'sleeps')]
  mkdirSync(bin)
  writeFileSync(log, '')
  writeFileSync(join(bin, 'sleep'), `#!/bin/sh\necho sleep >> '${log}'\nexec /bin/sleep "$@"\n`)
  chmodSync(join(bin, 'sleep'), 0o755)
  return {
    PATH: `${bin}${delimiter}${process.env.PATH}`,
    sleeps: () => readFileSync(log, 'utf8').split('\n').filter(Boolean).length,
  }
}

/** False for a zombie as well. */
function isRunning(pid: string): boolean {
  return !/^Z|^$/.test(spawnSync('ps', ['-o', 'stat=', '-p', pid], { encoding: 'utf8' }).stdout.trim())
}

describe('when the process that started servers is killed', () => {
  async function killed(signal: string, server: string): Promise<{ sleeps: number; left: string[] }> {
    const root = temporaryFolder()
    const folder = join(root, 'data')
    mkdirSync(folder)
    const { PATH, sleeps } = countingSleeps(root)
    const owner = startNode(['--require', 'ts-node/register', '-e', OWNER, signal, folder, server], { PATH })
    const pids = await new Promise<string[]>((resolve) =>
      owner.child.stdout?.once('data', (text: Buffer) => resolve(text.toString().trim().split(' '))),
    )
    expect(pids.filter(isRunning), 'servers that are up').to.have.length(2)
    owner.child.kill('SIGKILL')
    await eventually(() => expect(existsSync(folder), 'the folder is there').to.equal(false))
    return { sleeps: sleeps(), left: pids.filter(isRunning) }
  }

  test('its folder is removed, even if a folder of its PATH was removed before', async () => {
    const [root, bin] = [temporaryFolder(), temporaryFolder()]
    const folder = join(root, 'data')
    mkdirSync(folder)
    const owner = startNode(['--require', 'ts-node/register', '-e', OWNER, 'KILL', folder, SERVER], { PATH: bin })
    await new Promise((resolve) => owner.child.stdout?.once('data', resolve))
    rmSync(bin, { recursive: true })
    owner.child.kill('SIGKILL')
    await eventually(() => expect(existsSync(folder), 'the folder is there').to.equal(false))
  })

  test('the guard does not wait for processes that have ended, zombies included', async () => {
    const { sleeps, left } = await killed('KILL', SERVER)
    expect(left).to.deep.equal([])
    expect(sleeps, 'pauses of 50 ms').to.be.at.most(2)
  })

  test('servers that handle the signal are given time to end, and no more than they need', async () => {
    const { sleeps, left } = await killed('QUIT', SERVER)
    expect(left).to.deep.equal([])
    expect(sleeps, 'pauses of 50 ms').to.be.at.most(7)
  })

  test('servers that ignore the signal are killed after the timeout', async () => {
    const { sleeps, left } = await killed('QUIT', STUBBORN)
    expect(left).to.deep.equal([])
    expect(sleeps, 'pauses of 50 ms').to.equal(8)
  })
})

const PAUSING = `
const { spawnPaused, unrefChild } = require('./backing/guard')
const [file, begins] = process.argv.slice(1)
const { child, begin } = spawnPaused('sh', ['-c', 'cat > "$0"', file], {})
unrefChild(child)
if (begins) {
  begin('what it reads')
  child.once('exit', () => console.log(child.pid))
} else console.log(child.pid)
setInterval(() => undefined, 1_000)
`

describe('a program that is started paused', () => {
  async function hold(...more: string[]): Promise<{ file: string; pid: string; kill: () => boolean }> {
    const file = join(temporaryFolder(), 'written')
    const owner = startNode(['--require', 'ts-node/register', '-e', PAUSING, file, ...more])
    const pid = await new Promise<string>((resolve) =>
      owner.child.stdout?.once('data', (text: Buffer) => resolve(text.toString().trim())),
    )
    return { file, pid, kill: () => owner.child.kill('SIGKILL') }
  }

  test('never begins if the process that started it is killed', async () => {
    const { file, pid, kill } = await hold()
    expect(isRunning(pid)).to.equal(true)
    kill()
    await eventually(() => expect(isRunning(pid), 'it is running').to.equal(false))
    expect(existsSync(file)).to.equal(false)
  })

  test('reads what it is given once it begins', async () => {
    const { file, kill } = await hold('begins')
    expect(readFileSync(file, 'utf8')).to.equal('what it reads')
    kill()
  })
})
