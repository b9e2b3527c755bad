import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { expect } from 'chai'
import { bareCocalc, type CocalcWire } from '../../support/cocalc'

let cocalc: CocalcWire
let id: string
before(async () => {
  cocalc = await bareCocalc()
  id = await cocalc.hub('projects.createProject')
})
after(() => cocalc.stop())

const exec = (args: object, more = {}) => cocalc.project(id, 'system.exec', args, more)
const told = async (args: object, more = {}) => (await exec(args, more)).error

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
    expect(await told({ command: 'false' })).to.equal("command ''false' (args=)' exited with nonzero code 1 -- stderr=''")
    expect(await told({ command: "echo 'no way' >&2; exit 42" })).to.equal(
      "command 'echo 'no way' >&2; exit 42' exited with nonzero code 42 -- stderr='no way\n'",
    )
    expect(await exec({ command: 'exit 3', bash: true, err_on_exit: false })).to.include({ exit_code: 3, stdout: '' })
    const long = await told({ command: "head -c 5000 /dev/zero | tr '\\0' x >&2; exit 1" })
    expect(/stderr='(x+)…'/.exec(long)?.[1]).to.have.length(1023)
    const missing = '{"errno":-2,"code":"ENOENT","syscall":"spawn nosuch","path":"nosuch","spawnargs":[]}'
    expect(await told({ command: 'nosuch' })).to.equal(
      `command ''nosuch' (args=)' exited with nonzero code 1 -- stderr='${missing}'`,
    )
    expect(await told({ command: 'nosuch arg' })).to.match(/exited with nonzero code 127 -- stderr='.*nosuch: command not found/)
    expect(await told({ command: 'date', cwd: '/nowhere' })).to.match(/"code":"ENOENT"/)
    expect(await told({})).to.equal("TypeError: Cannot read properties of undefined (reading 'split')")
    expect(await told({ command: '' })).to.equal(
      "error TypeError [ERR_INVALID_ARG_VALUE]: The argument 'file' cannot be empty. Received ''",
    )
  })

  test('that take too long are killed with all they have started', async () => {
    expect(await told({ command: 'sleep', args: ['5'], timeout: 0.2 })).to.equal("killed command 'sleep 5'")
    const started = Date.now()
    expect(await told({ command: 'sleep 30; touch late.txt', timeout: 0.2 })).to.match(/^killed command 'bash \S+\/a\.sh'$/)
    expect(Date.now() - started).to.be.lessThan(20_000)
    expect((await exec({ command: 'ls' })).stdout).to.not.include('late.txt')
  })

  test('whose output is cut', async () => {
    const { stdout, stderr } = await exec({ command: 'echo 0123456789; echo abc >&2', max_output: 4 })
    expect(stdout).to.equal('0123 (truncated at 4 characters)')
    expect(stderr).to.equal('abc\n')
  })

  test('in folders of HOME; a relative path does not climb out of it', async () => {
    await exec({ command: 'mkdir -p a/b' })
    expect((await exec({ command: 'pwd', path: 'a/b' })).stdout).to.match(/\/a\/b\n$/)
    expect((await exec({ command: 'pwd', path: 'a', cwd: '/' })).stdout).to.equal('/\n')
    expect(await told({ command: 'pwd', path: '../..' })).to.match(/"code":"ENOENT"/)
  })

  test('in the background', async () => {
    const job = await exec({ command: 'while [ ! -e go ]; do sleep 0.05; done; echo done', async_call: true })
    expect(job).to.include({ type: 'async', status: 'running', stdout: '', exit_code: 0 })
    expect((await exec({ async_get: job.job_id })).status).to.equal('running')
    await exec({ command: 'touch', args: ['go'] })
    let now = job
    for (let tries = 0; tries < 1_000 && now.status === 'running'; tries++) {
      await pause(20)
      now = await exec({ async_get: job.job_id })
    }
    expect(now).to.include({ status: 'completed', stdout: 'done\n' })
    expect(now.elapsed_s).to.be.greaterThan(0)
    expect(await told({ async_get: 'x' })).to.equal("Error: Async operation 'x' does not exist.")
  })

  test('end with the project', async () => {
    const { pid } = await exec({ command: 'sleep', args: ['60'], async_call: true })
    process.kill(pid, 0)
    await cocalc.hub('projects.stop', { project_id: id })
    for (let tries = 0; tries < 1_000 && existsSync(`/proc/${pid}`); tries++) await pause(10)
    expect(existsSync(`/proc/${pid}`)).to.equal(false)
  })
})

describe('files', () => {
  const project = (name: string, args: object) => cocalc.project(id, `system.${name}`, args)
  const copy = (args: object) => cocalc.hub('projects.copyPathBetweenProjects', { src_project_id: id, ...args })

  test('are written, read, listed, moved and removed', async () => {
    expect(await project('writeTextFileToProject', { path: 'notes/one.txt', content: 'fern' })).to.equal(null)
    expect(await project('readTextFileFromProject', { path: 'notes/one.txt' })).to.equal('fern')
    const [file] = await project('listing', { path: 'notes' })
    expect(file).to.include({ name: 'one.txt', size: 4 })
    expect(await project('renameFile', { src: 'notes/one.txt', dest: 'notes/two.txt' })).to.equal(null)
    expect(await project('moveFiles', { paths: ['notes/two.txt'], dest: 'moved' })).to.equal(null)
    expect(await project('deleteFiles', { paths: ['moved'] })).to.equal(null)
    expect((await project('listing', {})).map(({ name }: { name: string }) => name)).to.not.include('moved')
  })

  test('are copied to a project that does not run, folders and all', async () => {
    const other = await cocalc.hub('projects.createProject')
    await exec({ command: 'mkdir -p garden/beds; echo rose > garden/beds/one; echo lily > two' })
    expect(await copy({ src_path: 'garden', target_project_id: other, target_path: 'deep/copy' })).to.equal(null)
    expect((await cocalc.hub('projects.state', { project_id: other })).state).to.equal('opened')
    const cat = await cocalc.project(other, 'system.exec', { command: 'cat deep/copy/beds/one' })
    expect(cat.stdout).to.equal('rose\n')
    expect(await copy({ src_path: 'two' })).to.equal(null)
    await cocalc.project(other, 'system.exec', { command: "echo newer > two; touch -d '+1 hour' two" })
    await copy({ src_path: 'two', target_project_id: other })
    expect((await cocalc.project(other, 'system.exec', { command: 'cat', args: ['two'] })).stdout).to.equal('newer\n')
    await copy({ src_path: 'two', target_project_id: other, overwrite_newer: true })
    expect((await cocalc.project(other, 'system.exec', { command: 'cat', args: ['two'] })).stdout).to.equal('lily\n')
  })

  test('no path leads out of a project, nor does a link', async () => {
    const { apiKey: key } = await cocalc.person('Ben')
    await exec({ command: 'ln -s / root' })
    expect((await copy({ src_path: '../x' })).error).to.equal('Error: source path must be contained in project home dir')
    expect((await copy({ src_path: 'root/etc/hostname' })).error).to.equal(
      'Error: source path must be contained in project home dir',
    )
    expect((await copy({ src_path: 'two', target_path: '../x' })).error).to.equal(
      'Error: target path must be contained in target project home dir',
    )
    expect((await copy({})).error).to.equal('Error: path must be specified')
    expect((await copy({ src_path: 'nosuch' })).error).to.match(/^Error: ENOENT: no such file or directory, stat '\/.*\/nosuch'$/)
    expect(
      (await cocalc.hub('projects.copyPathBetweenProjects', { src_project_id: id, src_path: 'two' }, { key })).error,
    ).to.equal('Error: user must be collaborator on source project')
    for (const path of ['../x', '/etc/passwd', 'root/etc/passwd'])
      expect((await project('readTextFileFromProject', { path })).error, path).to.match(/must be contained in project home dir/)
  })

  test('have no history until an editor opens them', async () => {
    expect(await cocalc.hub('sync.history', { project_id: id, path: 'nosuch' })).to.deep.equal({ patches: [], info: {} })
    expect((await cocalc.hub('sync.history', { project_id: id })).error).to.equal(
      'Error: one of string_id or both project_id and path must be given',
    )
  })

  test('of the sandbox are gone when it ends', async () => {
    const other = await bareCocalc()
    const project = await other.hub('projects.createProject')
    const { stdout } = await other.project(project, 'system.exec', { command: 'pwd' })
    expect(existsSync(stdout.trim())).to.equal(true)
    mkdirSync(join(stdout.trim(), 'deep'))
    writeFileSync(join(stdout.trim(), 'deep', 'file'), 'x')
    await other.stop()
    expect(existsSync(stdout.trim())).to.equal(false)
  })
})
