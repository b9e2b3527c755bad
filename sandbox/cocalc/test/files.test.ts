import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { expect } from 'chai'
import { bareCocalc, ownCocalc } from './support/server'

let id: string
const cocalc = ownCocalc(async (own) => {
  id = await own.hub('projects.createProject')
})

const exec = (args: object) => cocalc.project(id, 'system.exec', args)

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

  test('are copied unchanged: links stay links, excluded files are not copied, only files missing in the source are deleted', async () => {
    const lines = async (command: string): Promise<string[]> => (await exec({ command, bash: true })).stdout.trim().split('\n')
    await exec({
      command: 'mkdir -p bed/deep pot; echo 1 > bed/one; echo 2 > bed/two.txt; echo 3 > bed/deep/three.txt',
      bash: true,
    })
    await exec({
      command: 'ln -s one bed/link; mkdir -p pot/more pot/k.txt; echo old | tee pot/extra pot/k.txt/kept',
      bash: true,
    })
    expect(await copy({ src_path: 'bed/', target_path: 'pot', delete_missing: true, exclude: ['*.txt'] })).to.equal(null)
    expect(await lines('cd pot; find . -mindepth 1 | sort; readlink link')).to.deep.equal([
      './deep',
      './k.txt',
      './k.txt/kept',
      './link',
      './one',
      'one',
    ])
    expect(await copy({ src_path: 'bed', target_path: 'bed/' })).to.equal(null)
    expect(await copy({ src_path: 'bed/deep', target_path: 'bed', delete_missing: true })).to.equal(null)
    expect(await lines('cat bed/three.txt')).to.deep.equal(['3'])
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

  test('of the sandbox are removed when it ends', async () => {
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
