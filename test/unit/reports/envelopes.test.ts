import { after, before, describe, test } from 'node:test'
import { expect } from 'chai'
import { environment, leakingProject, readable, UNSEEN } from '../../support/leaking-project'
import type { TinyRun } from '../../support/tiny-project'

for (const mode of [
  { name: 'serial', args: [], CONSOLE: 'progress' },
  { name: 'serial, pretty', args: [], CONSOLE: 'pretty' },
  { name: 'parallel', args: ['--parallel', '2'], CONSOLE: 'summary' },
]) {
  describe(`the choke point, ${mode.name}`, () => {
    const project = leakingProject()
    let run: TinyRun

    before(async () => {
      run = await project.run(mode.args, { ...environment, CONSOLE: mode.CONSOLE })
    })
    after(() => project.remove())

    test('every report is there, and complete', () => {
      expect(run.code, run.stderr).to.equal(1)
      expect(run.reports['messages.ndjson']).to.contain('testRunFinished')
      expect(run.reports['junit.xml']).to.contain('</testsuite>')
      expect(run.reports['report.html']).to.contain('</html>')
    })

    for (const sink of [
      'console',
      'report.html',
      'junit.xml',
      'messages.ndjson',
      'report.json',
      'usage.json',
      'rerun.txt',
      'summary.txt',
      'pretty.txt',
    ]) {
      test(`no secret in ${sink}`, () => {
        const text = readable(sink === 'console' ? run.stdout + run.stderr : (run.reports[sink] ?? ''))
        for (const secret of UNSEEN) expect(text.includes(secret), `${secret} in ${sink}`).to.equal(false)
      })
    }

    test('the reason of a skip is in the last skipped step, for JUnit, HTML and messages', () => {
      for (const reason of [
        'Skipped: it needs a second account; to run it: BEN_TOKEN',
        'Skipped: the bot lacks reactions:write; to run it: that scope',
      ]) {
        expect(run.reports['junit.xml']).to.contain(`<skipped><![CDATA[${reason}]]></skipped>`)
        expect(run.reports['messages.ndjson']).to.contain(`"message":"${reason}"`)
        expect(run.reports['report.html']).to.contain(reason)
      }
    })
  })
}
