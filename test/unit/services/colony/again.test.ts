import { after, before, test } from 'node:test'
import { expect } from 'chai'
import { startColony } from '../../../../sandbox/colony/server'
import type { RunningSandbox } from '../../../../sandbox/kit/sandbox'
import { filesBelow, ROOT } from '../../../support/runner'
import { SuiteCopy } from '../../../support/suite-copy'

/** How many runs follow each other on one service; `RUNS=10` for a thorough check. */
const RUNS = Number(process.env.RUNS ?? 2)

const own = filesBelow(`${ROOT}/features/colony`)
const suite = new SuiteCopy(Object.fromEntries(Object.entries(own).map(([path, text]) => [`colony/${path}`, text])))

let colony: RunningSandbox
before(async () => {
  colony = await startColony()
})
after(async () => {
  await colony.stop()
  suite.remove()
})

const asked = async (path: string): Promise<Record<string, number>> =>
  (await fetch(`${colony.control}${path}`)).json() as Promise<Record<string, number>>

test(`${RUNS} runs on the same service: passed, two token exchanges each, and its content is unchanged`, async () => {
  const before = await asked('/counts')
  for (let run = 1; run <= RUNS; run++) {
    const { token = 0 } = await asked('/spent')
    const args = run % 2 === 0 ? ['--parallel', '3', '--order', 'random'] : []
    const { code, stdout } = await suite.run(args, colony.variables)
    expect(code, stdout).to.equal(0)
    expect(stdout).to.not.contain('left behind')
    expect((await asked('/spent')).token, 'token exchanges').to.be.at.most(token + 2)
    expect(await asked('/counts'), `after run ${run}`).to.deep.equal(before)
  }
})
