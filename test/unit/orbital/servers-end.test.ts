import { readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { after, describe, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { expect } from 'chai'
import { needs } from '../../support/needs'
import type { Running } from '../../support/runner'
import { SuiteCopy } from '../../support/suite-copy'

const feature = (last: string): string => `
Feature: On all servers

  @needs:rabbitmq @needs:mongodb @needs:redis
  Scenario: One
    Given other services are listening
    When Ada reports where she is
    Then ${last}
`

const GONE_WITHIN = 2_000
const SERVERS = /beam\.smp|epmd|redis-server|\/postgres$/

interface Left {
  processes: string[]
  folders: string[]
  ports: string[]
}

/** Folders of backing servers, and of which process group each is: only what began after the test did is looked at. */
function foldersNow(): string[] {
  return readdirSync(tmpdir()).filter((name) => /^acceptance-(?:postgres|rabbitmq|redis|mongodb)-/.test(name))
}

interface Process {
  pid: number
  folder: string
  command: string
}

function processesIn(folders: readonly string[]): Process[] {
  return readdirSync('/proc').flatMap((pid) => {
    if (!/^\d+$/.test(pid)) return []
    try {
      const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').filter(Boolean)
      const environment = readFileSync(`/proc/${pid}/environ`, 'utf8')
      const folder = folders.find((name) => words.join(' ').includes(name) || environment.includes(name))
      const isServer = SERVERS.test(words[0] ?? '')
      return folder && isServer ? [{ pid: Number(pid), folder, command: words[0] ?? '' }] : []
    } catch {
      return []
    }
  })
}

function listeningOn(ports: readonly string[]): string[] {
  const lines = readFileSync('/proc/net/tcp', 'utf8').split('\n')
  const open = new Set(
    lines.filter((line) => / 0A /.test(line)).map((line) => String(Number.parseInt(line.trim().split(/[\s:]+/)[3] ?? '', 16))),
  )
  return ports.filter((port) => open.has(port))
}

const onLinux = process.platform === 'linux' ? needs('rabbitmq') : { skip: 'looks into /proc' }

describe('servers of a run end with it', onLinux, () => {
  const passing = new SuiteCopy({ 'orbital/one.feature': feature('Ada is shown there') })
  const failing = new SuiteCopy({ 'orbital/one.feature': feature('Ada is online') })
  after(() => {
    passing.remove()
    failing.remove()
  })

  /** @returns what the run had, once all its servers are up */
  async function whatItHas(before: readonly string[]): Promise<{ folders: string[]; processes: Process[]; ports: string[] }> {
    for (const deadline = Date.now() + 40_000; Date.now() < deadline; await pause(20)) {
      const folders = foldersNow().filter((name) => !before.includes(name))
      const processes = processesIn(folders)
      const ports = [...folders.join(' ').matchAll(/\d{5}/g)].map(([port]) => port)
      if (['beam', 'epmd', 'postgres'].every((name) => processes.some(({ command }) => command.includes(name))))
        return { folders, processes, ports }
    }
    throw new Error('the run never had all its servers')
  }

  async function left(had: { folders: string[]; ports: string[] }): Promise<Left> {
    const look = (): Left => ({
      processes: processesIn(had.folders).map(({ command }) => command),
      folders: foldersNow().filter((name) => had.folders.includes(name)),
      ports: listeningOn(had.ports),
    })
    for (const deadline = Date.now() + GONE_WITHIN; Date.now() < deadline; await pause(50)) {
      const found = look()
      if (found.processes.length + found.folders.length + found.ports.length === 0) return found
    }
    return look()
  }

  const nothing: Left = { processes: [], folders: [], ports: [] }

  async function watch(
    run: (before: string[]) => { running: Running; end?: NodeJS.Signals },
  ): Promise<{ code: number | null; left: Left }> {
    const before = foldersNow()
    const { running, end } = run(before)
    const had = await whatItHas(before)
    if (end) running.child.kill(end)
    const { code } = await running.ended
    return { code, left: await left(had) }
  }

  test('after success', async () => {
    const { code, left: found } = await watch(() => ({ running: passing.start() }))
    expect([code, found]).to.deep.equal([0, nothing])
  })

  test('after failure', async () => {
    const { code, left: found } = await watch(() => ({ running: failing.start() }))
    expect([code, found]).to.deep.equal([1, nothing])
  })

  test('after Ctrl-C', async () => {
    const { code, left: found } = await watch(() => ({ running: passing.start(), end: 'SIGINT' }))
    expect([code, found]).to.deep.equal([130, nothing])
  })

  test('after kill -9, within 2 s', async () => {
    const { left: found } = await watch(() => ({ running: passing.start(), end: 'SIGKILL' }))
    expect(found).to.deep.equal(nothing)
  })
})
