import { describe, test } from 'node:test'
import { expect } from 'chai'
import { ROOT, startNode } from '../../support/runner'

/** `npm run <tool>` without npm in between. */
const run = (tool: string, ...args: string[]) => startNode(ROOT, ['--require', 'ts-node/register', tool, ...args]).ended

describe('a slip on the command line of a tool is told in one clear line', () => {
  const cases: [string, string[], RegExp][] = [
    ['tools/faults.ts', [], /^Name services, or one flow of one such as colony\/posts; there are cocalc, colony, /],
    ['tools/faults.ts', ['colonie'], /^"colonie" has no fault table; there are cocalc, colony, /],
    ['tools/faults.ts', ['colony/nothing'], /^colony has no flow called nothing\.$/],
    ['tools/faults.ts', ['colony', '--jobs', 'many'], /^--jobs must be a whole number, 1 or more\.$/],
    ['tools/bench.ts', ['--sizes', '10,lots'], /^--sizes must be whole numbers, 1 or more, with commas between them\.$/],
    ['tools/bench.ts', ['--rounds', '0'], /^--rounds must be a whole number, 1 or more\.$/],
    ['tools/bench.ts', ['nothing'], /^No bench is called "nothing"; there are cocalc, /],
    ['tools/docs.ts', ['--chek'], /^Unknown option '--chek'/],
    ['tools/sweep.ts', ['--dryrun'], /^Unknown option '--dryrun'/],
    ['tools/sweep.ts', ['--older-than', 'soon'], /such as 1h; "soon" is neither\.$/],
    ['tools/doctor.ts', ['colonie'], /^No service is called colonie; there are colony, /],
  ]
  for (const [tool, args, says] of cases) {
    test(`${tool} ${args.join(' ')}`, async () => {
      const { code, stdout, stderr } = await run(tool, ...args)
      expect([code, stdout]).to.deep.equal([1, ''])
      expect(stderr.trim()).to.match(says)
      expect(stderr.trim().split('\n'), stderr).to.have.length(1)
    })
  }
})
