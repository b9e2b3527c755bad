import { existsSync } from 'node:fs'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { expect } from 'chai'
import { freePort } from '../../backing/free-port'
import { needs } from '../../kit/test/needs'
import { COMMAND, startNode } from '../../kit/test/process'

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

async function until(what: string, holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 2_400 && !holds(); tries++) await pause(25)
  expect(holds(), what).to.equal(true)
}

test('a sandbox that is killed leaves no command, no kernel and no folder behind', needs('python'), async () => {
  const base = await freePort()
  const { child, ended } = startNode([COMMAND, 'cocalc', '--port-base', `${base - 1}`])
  let said = ''
  child.stdout?.on('data', (chunk: Buffer) => {
    said += chunk
  })
  await until('the sandbox is up', () => said.includes('Ctrl-C') || child.exitCode !== null)
  if (child.exitCode !== null) throw new Error((await ended).stderr)
  const value = (name: string) => new RegExp(`export ${name}=(\\S+)`).exec(said)?.[1] ?? ''
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${value('COCALC_API_KEY')}` }
  const call = async (where: string, body: object) =>
    (await fetch(`${value('COCALC_HOST')}/api/conat/${where}`, { method: 'POST', headers, body: JSON.stringify(body) })).json()
  const project_id = await call('hub', { name: 'projects.createProject' })
  const exec = (args: object) => call('project', { name: 'system.exec', args: [args], project_id })
  const { stdout: home } = (await exec({ command: 'pwd' })) as { stdout: string }
  const cell = { kernel: 'python3', input: '__import__("os").getpid()' }
  const computed = await call('project', { name: 'system.jupyterExecute', args: [cell], project_id, timeout: 60_000 })
  expect(computed).to.have.length(1)
  const kernels = (await call('project', { name: 'system.listJupyterKernels', project_id })) as { pid: number }[]
  const { pid } = (await exec({ command: 'sleep', args: ['600'], async_call: true })) as { pid: number }
  const { 'project.pid': own } = (await call('hub', { name: 'projects.status', args: [{ project_id }] })) as Record<
    string,
    number
  >
  expect([isAlive(pid), isAlive(own ?? 0), existsSync(home.trim())]).to.deep.equal([true, true, true])
  child.kill('SIGKILL')
  await ended
  await until('the command has ended', () => !isAlive(pid))
  await until('the project has ended', () => !isAlive(own ?? 0))
  await until('its kernels have ended', () => !kernels.some((kernel) => isAlive(kernel.pid)))
  await until('the folder is gone', () => !existsSync(home.trim()))
})
