import { describe, it } from 'node:test'
import { expect } from 'chai'
import { chosenServices, supportCode } from '../../../support/run/step-files'

const ALL = ['colony', 'discord', 'slack']

describe('the services a command line chooses', () => {
  const cases: [string, string[], string[]][] = [
    ['none named', [], ALL],
    ['a folder', ['features/slack'], ['slack']],
    ['a feature and a line', ['./features/colony/posts.feature:12'], ['colony']],
    ['two of them', ['features/colony', 'features/slack/', '--parallel', '4'], ['colony', 'slack']],
    ['an absolute path', ['/home/ada/suite/features/discord/files.feature'], ['discord']],
    ['all of them', ['features'], ALL],
    ['a pattern over services', ['features/*/posts.feature'], ALL],
    ['a list of failures beside a folder', ['features/slack', '@rerun.txt'], ALL],
    ['a tag, which is no list', ['features/slack', '--tags', '@smoke'], ['slack']],
    ['a name with a slash in it', ['--name', 'and/or'], ALL],
    ['a folder that is no service', ['features/nothing'], ALL],
  ]
  for (const [what, argv, chosen] of cases) {
    it(what, () => {
      expect(chosenServices(argv, ALL)).to.deep.equal(chosen)
    })
  }

  it('brings their own steps, those they share, and no others', () => {
    const code = supportCode(['features/slack'])
    expect(code).to.include('steps/slack/**/*.ts').and.to.include('steps/chat/**/*.ts').and.to.include('steps/common.steps.ts')
    expect(code.filter((path) => /colony|cocalc|discord/.test(path))).to.deep.equal([])
  })
})
