import { chmodSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { describe, test } from 'node:test'
import { expect } from 'chai'
import { needs } from '../../../../sandbox/kit/test/needs'
import { temporaryFolder } from '../../../../sandbox/kit/test/temporary'
import { eventually } from '../../../../support/assertions/eventually'
import { ROOT, startNode } from '../../../support/runner'

const GONE_WITHIN = 10_000

/**
 * Starts a server and kills itself, by SIGKILL, before or after the n-th act by which a folder, a file or a process comes to be; once
 * the server is up there is no further moment.
 */
const STARTER = `
const [start, last] = [process.argv[1], Number(process.argv[2])]
let moments = 0
const moment = (what) => {
  if (++moments !== last) return
  require('node:fs').writeSync(1, what)
  process.kill(process.pid, 'SIGKILL')
}
const acts = {
  'node:fs': ['mkdirSync', 'chownSync', 'symlinkSync', 'writeFileSync'],
  'node:child_process': ['spawn', 'spawnSync', 'execFile'],
}
const watch = () => {
  for (const [name, functions] of Object.entries(acts)) {
    const library = require(name)
    for (const act of functions) {
      const real = library[act]
      const watched = (...args) => {
        moment('before ' + act)
        const result = real.apply(library, args)
        moment('after ' + act)
        return result
      }
      library[act] = Object.assign(watched, real)
      Object.defineProperties(watched, Object.getOwnPropertyDescriptors(real))
    }
  }
}
const starts = {
  PostgreSQL: () => {
    const { startPostgres } = require('./sandbox/backing/postgres')
    watch()
    return startPostgres()
  },
  Redis: async () => {
    const { startRedis } = require('./sandbox/backing/redis')
    watch()
    await (await startRedis()).ready()
  },
  RabbitMQ: async () => {
    const { findRabbit, PrivateRabbit } = require('./sandbox/backing/rabbitmq-local')
    const { freePort } = require('./sandbox/backing/free-port')
    watch()
    await new PrivateRabbit(findRabbit(), await freePort()).start()
  },
}
starts[start]().then(() => {
  require('node:fs').writeSync(1, 'up')
  process.kill(process.pid, 'SIGKILL')
})
`

/** Processes that run in a folder below the given one, or have it as an argument: servers, and the shells that guard them. */
function processesOf(root: string): string[] {
  return readdirSync('/proc').flatMap((pid) => {
    if (!/^\d+$/.test(pid)) return []
    try {
      const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').join(' ')
      return readlinkSync(`/proc/${pid}/cwd`).startsWith(root) || words.includes(root) ? [words.slice(0, 200)] : []
    } catch {
      return []
    }
  })
}

const onLinux = (name: 'redis' | 'rabbitmq' | undefined) => {
  if (process.platform !== 'linux') return { skip: 'looks into /proc' }
  return name ? needs(name) : {}
}

describe('a process that is killed while it starts', () => {
  for (const [server, options] of [
    ['PostgreSQL', onLinux(undefined)],
    ['Redis', onLinux('redis')],
    ['RabbitMQ', onLinux('rabbitmq')],
  ] as const)
    test(`${server}: leaves neither folder nor process, whatever the moment`, {
      ...options,
      timeout: 600_000,
    }, async (context) => {
      const root = temporaryFolder()
      // PostgreSQL runs as another account where this is root's.
      chmodSync(root, 0o755)
      const moments: string[] = []
      while (moments.at(-1) !== 'up') {
        const starter = ['--require', './support/run/typescript.js', '-e', STARTER, server, `${moments.length + 1}`]
        const { child, ended } = startNode(ROOT, starter, { TMPDIR: root })
        const { stdout, stderr } = await ended
        expect(child.signalCode, stdout + stderr).to.equal('SIGKILL')
        moments.push(stdout)
        await eventually(
          () => {
            const folders = readdirSync(root).filter((name) => name.startsWith('acceptance-'))
            expect(folders, `folders, when killed ${stdout}`).to.deep.equal([])
            expect(processesOf(root), `processes, when killed ${stdout}`).to.deep.equal([])
          },
          { timeout: GONE_WITHIN },
        )
      }
      expect(moments.length, 'moments').to.be.at.least(10)
      context.diagnostic(`${moments.length} moments: ${moments.join(', ')}`)
    })
})
