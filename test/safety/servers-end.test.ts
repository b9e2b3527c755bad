import { chmodSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { after, describe, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { expect } from 'chai'
import { needs } from '../../sandbox/kit/test/needs'
import { temporaryFolder } from '../../sandbox/kit/test/temporary'
import { SuiteCopy } from '../support/suite-copy'

const feature = (last: string): string => `
Feature: On all servers

  @needs:rabbitmq @needs:mongodb @needs:redis
  Scenario: One
    Given other services are subscribed to events
    When Ada reports a position
    Then ${last}
`

/** Timeout after the run in milliseconds; each test reports its duration, about a tenth of it. */
const GONE_WITHIN = 2_000
const SERVERS = ['beam.smp', 'epmd', 'redis-server', 'postgres']

interface Left {
  processes: string[]
  folders: string[]
  ports: string[]
}

interface Process {
  name: string
  ports: string[]
}

/** Servers that run in a folder below the given one. A zombie has no folder any more. */
function processesBelow(root: string): Process[] {
  return readdirSync('/proc').flatMap((pid) => {
    if (!/^\d+$/.test(pid)) return []
    try {
      if (!readlinkSync(`/proc/${pid}/cwd`).startsWith(root)) return []
      const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').join(' ')
      const name = SERVERS.find((server) => words.split(' ')[0]?.endsWith(server))
      return name ? [{ name, ports: [...words.matchAll(/\b(?:1[5-9]|2\d|3[01])\d{3}\b/g)].map(([port]) => port) }] : []
    } catch {
      return []
    }
  })
}

function listeningOn(ports: readonly string[]): string[] {
  const lines = readFileSync('/proc/net/tcp', 'utf8').split('\n')
  const portOf = (line: string): string => String(Number.parseInt(/:([0-9A-F]{4}) /.exec(line)?.[1] ?? '', 16))
  const open = new Set(lines.filter((line) => / 0A /.test(line)).map(portOf))
  return ports.filter((port) => open.has(port))
}

const onLinux = process.platform === 'linux' ? needs('rabbitmq') : { skip: 'looks into /proc' }

describe('servers of a run end with it', onLinux, () => {
  const passing = new SuiteCopy({ 'orbital/one.feature': feature("Ada's newest position is shown") })
  const failing = new SuiteCopy({ 'orbital/one.feature': feature('Ada is shown as online') })
  after(() => {
    passing.remove()
    failing.remove()
  })

  /** @returns the ports the run had, once all its servers are up */
  async function portsOf(root: string): Promise<string[]> {
    for (const deadline = Date.now() + 40_000; Date.now() < deadline; await pause(20)) {
      const processes = processesBelow(root)
      if (SERVERS.every((server) => processes.some(({ name }) => name === server))) return processes.flatMap(({ ports }) => ports)
    }
    throw new Error(`the run had only ${processesBelow(root).map(({ name }) => name)}`)
  }

  async function left(root: string, ports: readonly string[]): Promise<Left & { after: number }> {
    const started = Date.now()
    const look = (): Left => ({
      processes: processesBelow(root).map(({ name }) => name),
      folders: readdirSync(root).filter((name) => name.startsWith('acceptance-')),
      ports: listeningOn(ports),
    })
    for (const deadline = Date.now() + GONE_WITHIN; Date.now() < deadline; await pause(50)) {
      const found = look()
      if (found.processes.length + found.folders.length + found.ports.length === 0)
        return { ...found, after: Date.now() - started }
    }
    return { ...look(), after: Date.now() - started }
  }

  /** A temporary folder of the run's own keeps other runs on this machine apart. */
  async function watch(suite: SuiteCopy, end?: NodeJS.Signals): Promise<{ code: number | null; left: Left & { after: number } }> {
    const root = temporaryFolder()
    chmodSync(root, 0o755)
    const running = suite.start([], { TMPDIR: root })
    const ports = await portsOf(root)
    expect(ports.length, 'ports the servers listen on').to.be.at.least(4)
    if (end) running.child.kill(end)
    const { code } = await running.ended
    return { code, left: await left(root, ports) }
  }

  const nothing: Left = { processes: [], folders: [], ports: [] }

  const ends: [string, SuiteCopy, NodeJS.Signals | undefined, number | null][] = [
    ['success', passing, undefined, 0],
    ['failure', failing, undefined, 1],
    ['Ctrl-C', passing, 'SIGINT', 130],
    ['kill -9', passing, 'SIGKILL', null],
  ]
  for (const [what, suite, signal, wanted] of ends) {
    test(`after ${what}`, async (context) => {
      const { code, left: found } = await watch(suite, signal)
      const { after: milliseconds, ...things } = found
      context.diagnostic(`all gone ${milliseconds} ms after the run`)
      expect(things, JSON.stringify(things)).to.deep.equal(nothing)
      expect(code).to.equal(wanted)
    })
  }
})
