import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { expect } from 'chai'
import { needs } from '../../kit/test/needs'
import { ownCocalc } from './support/server'

let id: string
const cocalc = ownCocalc(async (own) => {
  id = await own.hub('projects.createProject')
})

const hub = (args: object, more = {}) =>
  cocalc.hub('jupyter.execute', { project_id: id, kernel: 'python3', ...args }, { timeout: 60_000, ...more })
const run = (args: object, more = {}) =>
  cocalc.project(id, 'system.jupyterExecute', { kernel: 'python3', ...args }, { timeout: 60_000, ...more })
const list = () => cocalc.project(id, 'system.listJupyterKernels')
const lacking = needs('python')

describe('kernels', lacking, () => {
  test('are listed by name', async () => {
    const [spec] = await cocalc.hub('jupyter.kernels', { project_id: id })
    expect(spec).to.include({ name: 'python3', display_name: 'Python 3', language: 'python' })
    expect((await cocalc.hub('jupyter.kernels', {})).error).to.equal('Error: Jupyter API is not enabled on this server.')
    expect(await cocalc.project(id, 'editor.jupyterKernels')).to.have.length(1)
  })

  test('run code through the hub, once for the same input', async () => {
    const first = await hub({ input: 'a * 2', history: ['a = 21'] })
    expect(first).to.deep.equal({ output: [{ data: { 'text/plain': '42' } }], created: first.created })
    const again = await hub({ input: ' a * 2 ', history: ['a = 21 '] })
    expect(again).to.deep.equal({ ...first, id: again.id })
    expect(again.id).to.be.a('number')
    const anew = await hub({ input: 'a * 2', history: ['a = 21'], noCache: true })
    expect(anew).to.not.have.property('id')
  })

  test('refuse executions that are not possible', async () => {
    const errorOf = async (args: object, more = {}) => (await cocalc.hub('jupyter.execute', args, more)).error
    const { apiKey: key } = await cocalc.person('Ben')
    expect(await errorOf({ input: '1', kernel: 'python3' })).to.equal('Error: Jupyter API is not enabled on this server.')
    expect(await errorOf({ input: '1', project_id: id })).to.equal('Error: kernel must be specified in hash is not specified')
    expect(await errorOf({ kernel: 'python3', project_id: id })).to.equal('Error: input or hash must not be null')
    expect(await cocalc.hub('jupyter.execute', { hash: 'unknown' })).to.equal(null)
    expect(await errorOf({ input: '1', kernel: 'python3', project_id: id }, { key })).to.equal(
      'Error: permission denied -- user must be collaborator on project',
    )
    const hint =
      '**Unable to Spawn Jupyter Kernel:**\n\nError: No spec available for kernel "nosuch".  Available specs: ["python3"] \n\n'
    expect((await hub({ input: '1', kernel: 'nosuch' })).error).to.satisfy((text: string) =>
      text.startsWith(`Error: Error: ${hint}`),
    )
    expect((await run({ input: '1', kernel: 'nosuch' })).error).to.satisfy((text: string) => text.startsWith(`Error: ${hint}`))
    expect((await run({ input: '1', kernel: undefined })).error).to.equal('Error: cannot spawn since no kernel is set')
    expect(await run({})).to.deep.equal([])
  })

  test('keep nothing between cells, and print in order', async () => {
    expect(await run({ input: 'b = 1' })).to.deep.equal([])
    const [error] = await run({ input: 'b' })
    expect(error).to.include({ ename: 'NameError', evalue: "name 'b' is not defined" })
    expect(error.traceback.join('\n')).to.include('NameError')
    expect(await run({ input: 'print("one")\nprint("two")\n3' })).to.deep.equal([
      { name: 'stdout', text: 'one\ntwo\n' },
      { data: { 'text/plain': '3' } },
    ])
    expect(await run({ input: 'import sys\nprint("oops", file=sys.stderr)' })).to.deep.equal([{ name: 'stderr', text: 'oops\n' }])
    expect(await run({ input: 'b * 2', history: ['b = 50', '1/0'] })).to.deep.equal([{ data: { 'text/plain': '100' } }])
  })

  test('run in the folder that is given, else in a temporary folder', async () => {
    await cocalc.project(id, 'system.exec', { command: 'mkdir -p beds' })
    const where = async (more: object) => (await run({ input: 'import os\nprint(os.getcwd())', ...more }))[0].text.trim()
    const home = (await cocalc.project(id, 'system.exec', { command: 'pwd' })).stdout.trim()
    expect(await where({ path: 'beds' })).to.equal(`${home}/beds`)
    expect(await where({})).to.not.include(home)
    expect(await where({ path: 'nosuch' })).to.not.include('nosuch')
    expect((await run({ input: 'import os\nos.environ["HOME"]' }))[0].data['text/plain']).to.equal(`'${home}'`)
  })

  test('are interrupted when a cell takes too long, and truncate its output when it is too long', async () => {
    const [error] = await run({ input: 'import time\ntime.sleep(20)', limits: { timeout_ms_per_cell: 500 } })
    expect(error.ename).to.equal('KeyboardInterrupt')
    const outputs = await run({
      input: 'for i in range(100): print("x" * 100, flush=True)',
      limits: { max_output_per_cell: 1_000 },
    })
    expect(outputs.at(-1)).to.deep.equal({
      name: 'stdout',
      output_type: 'stream',
      text: ['Output truncated since it exceeded the cell output limit of 1000 characters'],
    })
  })

  test('a cell whose kernel is stopped meanwhile ends at once', async () => {
    const before = new Set((await list()).map(({ pid }: { pid: number }) => pid))
    const running = run({ input: 'import time, os\nopen("started", "w").close()\ntime.sleep(20)', path: 'beds' })
    const home = (await cocalc.project(id, 'system.exec', { command: 'pwd' })).stdout.trim()
    for (let tries = 0; tries < 3_000 && !existsSync(join(home, 'beds', 'started')); tries++) await pause(20)
    for (const { pid } of await list()) await cocalc.project(id, 'system.stopJupyterKernel', { pid })
    expect((await running).error).to.equal('Error: closed')
    expect(before.size).to.be.greaterThan(0)
    expect(await run({ input: '1 + 1' })).to.deep.equal([{ data: { 'text/plain': '2' } }])
  })

  test('can be installed and listed by commands', async () => {
    const exec = (args: string[]) => cocalc.project(id, 'system.exec', { command: 'python3', args })
    expect(JSON.parse((await exec(['-m', 'jupyter', 'kernelspec', 'list', '--json'])).stdout).kernelspecs).to.have.property(
      'python3',
    )
    expect((await exec(['-m', 'pip', 'install', 'ipykernel'])).exit_code).to.equal(0)
    expect(
      (await exec(['-m', 'ipykernel', 'install', '--user', '--name=python3', '--display-name=Python 3'])).exit_code,
    ).to.equal(0)
    expect((await exec(['-c', 'print(6 * 7)'])).stdout).to.equal('42\n')
  })
})
