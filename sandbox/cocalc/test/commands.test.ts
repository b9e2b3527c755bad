import { existsSync } from 'node:fs'
import { describe, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { expect } from 'chai'
import { ownCocalc } from './support/server'

let id: string
const cocalc = ownCocalc(async (own) => {
  id = await own.hub('projects.createProject')
})

const exec = (args: object, more = {}) => cocalc.project(id, 'system.exec', args, more)
const errorOf = async (args: object, more = {}) => (await exec(args, more)).error

describe('commands', () => {
  test('run in HOME with the project’s environment and nothing of this one', async () => {
    process.env.SANDBOX_TEST_SECRET = 'hidden'
    const { stdout } = await exec({ command: 'pwd; echo $HOME $USER $COCALC_PROJECT_ID $SANDBOX_TEST_SECRET', bash: true })
    const [folder, rest] = stdout.split('\n')
    expect(rest).to.equal(`${folder} ${id.replaceAll('-', '')} ${id}`)
    expect(await exec({ command: 'date', args: ['-Is'] })).to.include({ type: 'blocking', stderr: '', exit_code: 0 })
  })

  test('with blanks and no arguments by bash, with arguments quoted', async () => {
    expect((await exec({ command: 'echo $((1 + 1))' })).stdout).to.equal('2\n')
    expect((await exec({ command: 'echo', args: ['$HOME', "it's"], bash: true })).stdout).to.equal("$HOME it's\n")
    expect((await exec({ command: 'echo', args: ['$HOME'] })).stdout).to.equal('$HOME\n')
    expect((await exec({ command: 'printenv', args: ['FERN'], env: { FERN: 'moss' } })).stdout).to.equal('moss\n')
  })

  test('that fail', async () => {
    expect(await errorOf({ command: 'false' })).to.equal("command ''false' (args=)' exited with nonzero code 1 -- stderr=''")
    expect(await errorOf({ command: "echo 'no way' >&2; exit 42" })).to.equal(
      "command 'echo 'no way' >&2; exit 42' exited with nonzero code 42 -- stderr='no way\n'",
    )
    expect(await exec({ command: 'exit 3', bash: true, err_on_exit: false })).to.include({ exit_code: 3, stdout: '' })
    const long = await errorOf({ command: "head -c 5000 /dev/zero | tr '\\0' x >&2; exit 1" })
    expect(/stderr='(x+)…'/.exec(long)?.[1]).to.have.length(1023)
    const missing = '{"errno":-2,"code":"ENOENT","syscall":"spawn nosuch","path":"nosuch","spawnargs":[]}'
    expect(await errorOf({ command: 'nosuch' })).to.equal(
      `command ''nosuch' (args=)' exited with nonzero code 1 -- stderr='${missing}'`,
    )
    expect(await errorOf({ command: 'nosuch arg' })).to.match(
      /exited with nonzero code 127 -- stderr='.*nosuch: command not found/,
    )
    expect(await errorOf({ command: 'date', cwd: '/nowhere' })).to.match(/"code":"ENOENT"/)
    expect(await errorOf({})).to.equal("TypeError: Cannot read properties of undefined (reading 'split')")
    expect(await errorOf({ command: '' })).to.equal(
      "error TypeError [ERR_INVALID_ARG_VALUE]: The argument 'file' cannot be empty. Received ''",
    )
  })

  test('that take too long are killed with all they have started', async () => {
    expect(await errorOf({ command: 'sleep', args: ['5'], timeout: 0.2 })).to.equal("killed command 'sleep 5'")
    const started = Date.now()
    expect(await errorOf({ command: 'sleep 30; touch late.txt', timeout: 0.2 })).to.match(/^killed command 'bash \S+\/a\.sh'$/)
    expect(Date.now() - started).to.be.lessThan(20_000)
    expect((await exec({ command: 'ls' })).stdout).to.not.include('late.txt')
  })

  test('whose output is cut', async () => {
    const { stdout, stderr } = await exec({ command: 'echo 0123456789; echo abc >&2', max_output: 4 })
    expect(stdout).to.equal('0123 (truncated at 4 characters)')
    expect(stderr).to.equal('abc\n')
  })

  test('in folders of HOME; a relative path does not lead out of it', async () => {
    await exec({ command: 'mkdir -p a/b' })
    expect((await exec({ command: 'pwd', path: 'a/b' })).stdout).to.match(/\/a\/b\n$/)
    expect((await exec({ command: 'pwd', path: 'a', cwd: '/' })).stdout).to.equal('/\n')
    expect(await errorOf({ command: 'pwd', path: '../..' })).to.match(/"code":"ENOENT"/)
  })

  test('in the background', async () => {
    const job = await exec({ command: 'echo begun; while [ ! -e go ]; do sleep 0.05; done; echo done', async_call: true })
    expect(job).to.include({ type: 'async', status: 'running', stdout: '', exit_code: 0 })
    let now = job
    for (let tries = 0; tries < 1_000 && now.stdout === ''; tries++) now = await exec({ async_get: job.job_id })
    expect(now).to.include({ status: 'running', stdout: 'begun\n' })
    await exec({ command: 'touch', args: ['go'] })
    for (let tries = 0; tries < 1_000 && now.status === 'running'; tries++) {
      await pause(20)
      now = await exec({ async_get: job.job_id })
    }
    expect(now).to.include({ status: 'completed', stdout: 'begun\ndone\n' })
    expect(now.elapsed_s).to.be.greaterThan(0)
    expect(await errorOf({ async_get: 'x' })).to.equal("Error: Async operation 'x' does not exist.")
  })

  test('leave no script behind', async () => {
    const { stdout } = await exec({ command: 'dirname "$0"; true', bash: true })
    expect(existsSync(stdout.trim())).to.equal(false)
    const job = await exec({ command: 'dirname "$0"; exit 3', bash: true, async_call: true, err_on_exit: false })
    const done = await exec({ async_get: job.job_id, async_await: true })
    expect(done).to.include({ status: 'completed', exit_code: 3 })
    expect(existsSync(done.stdout.trim())).to.equal(false)
  })

  test('end with the project', async () => {
    const { pid } = await exec({ command: 'sleep', args: ['60'], async_call: true })
    process.kill(pid, 0)
    await cocalc.hub('projects.stop', { project_id: id })
    for (let tries = 0; tries < 1_000 && existsSync(`/proc/${pid}`); tries++) await pause(10)
    expect(existsSync(`/proc/${pid}`)).to.equal(false)
  })
})
