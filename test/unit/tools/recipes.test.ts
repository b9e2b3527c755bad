import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { describe, test } from 'node:test'
import { expect } from 'chai'
import { validate } from 'dockerfile-utils'
import { parseAllDocuments, parseDocument } from 'yaml'
import { ROOT } from '../../support/runner'

const SCALE = join('docs', 'scale')
const WORKFLOWS = ['acceptance.yml', 'test.yml'].map((name) => join('.github', 'workflows', name))
const RECIPES = [
  ...WORKFLOWS,
  join('docs', 'scale.md'),
  ...['.gitlab-ci.yml', 'Dockerfile', 'entrypoint.sh', 'job.yaml'].map((name) => join(SCALE, name)),
]
const ACTIONLINT = 'github.com/rhysd/actionlint/cmd/actionlint@v1.7.12'

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8')
const go = (...args: string[]): ReturnType<typeof spawnSync> => spawnSync('go', args, { cwd: ROOT, encoding: 'utf8' })

describe('the recipes of docs/scale.md', () => {
  test('GitHub’s workflows have no fault that actionlint finds', (context) => {
    const { error, status, stderr } = go('run', ACTIONLINT, '-version')
    if (error || status !== 0) return context.skip(`actionlint cannot be had by Go here: ${error?.message ?? stderr}`)
    const lint = go('run', ACTIONLINT, '-no-color', ...WORKFLOWS)
    expect(lint.status, String(lint.stdout) + lint.stderr).to.equal(0)
  })

  test('the Jobs are what Kubernetes’ schemas allow', async () => {
    interface Schema {
      Job: new (data: unknown) => { validate(): void }
    }
    // The package lets only native modules in by its name, and this one is compiled to CommonJS.
    const { Job } = (await import(join(ROOT, 'node_modules', 'kubernetes-models', 'batch', 'v1', 'Job.js'))) as Schema
    const documents = parseAllDocuments(read(join(SCALE, 'job.yaml')))
    const jobs = documents.map((document) => document.toJS() as { kind: string; spec: { completions?: number } })
    expect(jobs.map(({ kind }) => kind)).to.deep.equal(['PersistentVolumeClaim', 'Job', 'Job'])
    for (const job of jobs.filter(({ kind }) => kind === 'Job')) new Job(job).validate()
    expect(() => new Job({ ...jobs[1], spec: { ...jobs[1]?.spec, completions: 'three' } }).validate()).to.throw(/must be integer/)
    const total = /CI_NODE_TOTAL\n +value: ["'](\d+)["']/.exec(read(join(SCALE, 'job.yaml')))?.[1]
    expect(Number(total), 'the total that each shard gets').to.equal(jobs[1]?.spec.completions)
  })

  test('the Dockerfile is one, and does not run as root', () => {
    expect(validate(read(join(SCALE, 'Dockerfile')))).to.deep.equal([])
    expect(read(join(SCALE, 'Dockerfile'))).to.match(/^USER 1000:0$/m)
    const entry = /^ENTRYPOINT \["(.+)"\]$/m.exec(read(join(SCALE, 'Dockerfile')))?.[1] ?? ''
    expect(statSync(join(ROOT, entry)).mode & 0o111, `${entry} can be executed`).to.equal(0o111)
    expect(read(join(SCALE, 'Dockerfile.dockerignore')).split('\n')).to.include.members(['.env', '.git', '**/node_modules'])
  })

  test('GitLab’s file is YAML whose shards and reports fit together', () => {
    const document = parseDocument(read(join(SCALE, '.gitlab-ci.yml')), { merge: true })
    expect(document.errors).to.deep.equal([])
    const { stages, ...jobs } = document.toJS() as Record<string, { stage?: string; parallel?: number; script?: string[] }> & {
      stages: string[]
    }
    for (const name of ['sandbox', 'live']) {
      expect(jobs[name]).to.deep.include({ stage: 'run', parallel: 3 })
      expect(jobs[`${name}-report`]?.stage).to.equal('report')
      expect(jobs[`${name}-report`]?.script?.join()).to.contain('npm run report:merge -- shards')
    }
    expect(stages).to.deep.equal(['prepare', 'run', 'report'])
  })

  test('call scripts and files that exist', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
    for (const path of RECIPES) {
      const text = read(path)
      for (const [, script = ''] of text.matchAll(/npm run ([\w:]+)/g))
        expect(scripts, `${path}: ${script}`).to.have.property(script)
      for (const [, file = ''] of text.matchAll(/\b(tools\/[\w-]+\.ts|node_modules\/[\w@/.-]+)/g))
        expect(existsSync(join(ROOT, file)) || file.includes('.cache') || file.endsWith('-'), `${path}: ${file}`).to.equal(true)
    }
    for (const [, link = ''] of read('docs/scale.md').matchAll(/\]\(([^)]+)\)/g))
      expect(existsSync(resolve(ROOT, dirname('docs/scale.md'), link)), link).to.equal(true)
  })
})
