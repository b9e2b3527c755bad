import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { expect } from 'chai'
import { ROOT, startNode } from '../../support/runner'

const folder = mkdtempSync(join(tmpdir(), 'typescript-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const run = (path: string) => startNode(ROOT, ['--require', './support/run/typescript.js', path]).ended

test('a stack trace has the positions of the TypeScript that was written, when it is compiled and when it was kept', async () => {
  const path = join(folder, 'fails.ts')
  // The text is new in every run of this test, so that the first process compiles it.
  writeFileSync(
    path,
    `interface Reason { text: string }\n\nconst reason: Reason = { text: '${folder}' }\n\nfunction fail(): never {\n  throw new Error(reason.text)\n}\n\nfail()\n`,
  )
  for (const when of ['compiled', 'kept']) {
    const { code, stderr } = await run(path)
    expect(code, when).to.equal(1)
    expect(stderr, when).to.contain(`Error: ${folder}`)
    expect(stderr, when).to.match(/at fail \(\S+fails\.ts:6:9\)/)
    expect(stderr, when).to.match(/at \S+ \(\S+fails\.ts:9:1\)/)
  }
})

test('a changed text is compiled again', async () => {
  const path = join(folder, 'says.ts')
  for (const word of ['one', 'two', 'one']) {
    writeFileSync(path, `const word: string = '${word}'\nconsole.log(word)\n`)
    expect((await run(path)).stdout).to.equal(`${word}\n`)
  }
})
