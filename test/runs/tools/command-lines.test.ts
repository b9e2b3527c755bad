import { describe, test } from 'node:test'
import { expect } from 'chai'
import { nearest } from '../../../tools/nearest'
import { ROOT, startNode } from '../../support/runner'

/** `npm run <tool>` without npm in between. */
const run = (tool: string, ...args: string[]) =>
  startNode(ROOT, ['--require', './support/run/typescript.js', tool, ...args]).ended

const TOOLS = ['bench', 'docs', 'doctor', 'drift', 'language', 'mutate', 'new', 'rerun', 'sweep']

describe('wrong usage of a tool exits with 2, and shows the correct usage', () => {
  const cases: [string, string[], RegExp][] = [
    ['tools/bench.ts', ['--sizes', '10,lots'], /^--sizes must be whole numbers, 1 or more, with commas between them\.$/],
    ['tools/bench.ts', ['--rounds', '0'], /^--rounds must be a whole number, 1 or more\.$/],
    ['tools/bench.ts', ['cocal'], /^No bench is called cocal\. Did you mean cocalc\? There are cocalc, /],
    ['tools/mutate.ts', ['slakc'], /^No service is called slakc\. Did you mean slack\? There are /],
    ['tools/mutate.ts', ['slack/nothing'], /^slack has no flow called nothing\.$/],
    ['tools/mutate.ts', ['slack', '--only', 'f'], /^--only takes kinds a to e, such as a,b; "f" is none\.$/],
    ['tools/docs.ts', ['--chek'], /^Unknown option '--chek'\n\(Did you mean --check\?\)$/],
    ['tools/report-merge.ts', [], /^Missing required argument 'folder'$/],
    ['tools/report-merge.ts', ['nowhere'], /^There is no folder nowhere\.$/],
    ['tools/sweep.ts', ['--from', 'nowhere'], /^There is no folder nowhere\.$/],
    ['tools/sweep.ts', ['--dryrun'], /^Unknown option '--dryrun'\n\(Did you mean --dry-run\?\)$/],
    ['tools/sweep.ts', ['--older-than', 'soon'], /such as 1h; "soon" is neither\.$/],
    ['tools/sweep.ts', ['everything'], /^Too many arguments\. Expected 0 arguments but got 1/],
    [
      'tools/doctor.ts',
      ['colonie', 'slakc'],
      /^No service is called colonie or slakc\. Did you mean colony and slack\? There are /,
    ],
    ['tools/new.ts', ['servce', 'x'], /^No kind is called servce\. Did you mean service\? There are connector, service\.$/],
    ['tools/new.ts', ['connector', 'My DB'], /^A connector's name is lower-case words/],
  ]
  for (const [tool, args, says] of cases) {
    test(`${tool} ${args.join(' ')}`, async () => {
      const { code, stdout, stderr } = await run(tool, ...args)
      expect([code, stdout], stderr).to.deep.equal([2, ''])
      expect(stderr.trim()).to.match(says)
    })
  }
})

describe('every tool explains itself', () => {
  for (const name of TOOLS) {
    test(`npm run ${name} -- --help`, async () => {
      const { code, stdout, stderr } = await run(`tools/${name}.ts`, '--help')
      expect([code, stderr]).to.deep.equal([0, ''])
      expect(stdout).to.match(new RegExp(`^Usage: npm run ${name} -- `))
      expect(stdout).to.contain('-h, --help')
      for (const line of stdout.split('\n')) expect(line.length, line).to.be.at.most(120)
    })
  }
})

describe('the nearest name', () => {
  const known = ['colony', 'cocalc', 'slack', 'symphony']
  for (const [name, expected] of [
    ['colonie', 'colony'],
    ['COLONY', 'colony'],
    ['slakc', 'slack'],
    ['symfony', 'symphony'],
    ['teams', undefined],
    ['', undefined],
  ] as const)
    test(`to "${name}" is ${expected ?? 'none'}`, () => {
      expect(nearest(name, known)).to.equal(expected)
    })
})
