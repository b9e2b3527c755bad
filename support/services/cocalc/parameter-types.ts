import { defineParameterType } from '@cucumber/cucumber'
import type { Group, Recipients } from './groups'

/** The words between the outermost quotation marks. */
function quoted(words: string): string {
  return words.slice(words.indexOf('"') + 1, words.lastIndexOf('"'))
}

function names(words: string): string[] {
  return words.match(/Ada|Ben|Cleo|Dan/g) ?? []
}

/** Where there are no quotation marks, the words are the name: the project that all scenarios share. */
function named(words: string): string {
  return words.includes('"') ? quoted(words) : words
}

defineParameterType({
  name: 'project',
  regexp: /the shared project|the project "[^"]+"/,
  transformer: named,
  useForSnippets: false,
})

/** What can be pinged. */
defineParameterType({
  name: 'target',
  regexp: /CoCalc|the shared project|the project "[^"]+"/,
  transformer: named,
  useForSnippets: false,
})

defineParameterType({
  name: 'times',
  regexp: /once|[1-9][0-9]* times/,
  transformer: (words: string) => (words === 'once' ? 1 : Number.parseInt(words, 10)),
  useForSnippets: false,
})

defineParameterType({
  name: 'credential',
  regexp: /a made-up API key|the sign-in token for (?:Ada|Ben|Cleo|Dan)/,
  transformer: (words: string) => names(words)[0],
  useForSnippets: false,
})

defineParameterType({
  name: 'organization',
  regexp: /the organization "[^"]+"|an organization that does not exist/,
  transformer: (words: string) => (words.includes('"') ? quoted(words) : undefined),
  useForSnippets: false,
})

/** A project or an organization. */
defineParameterType({
  name: 'group',
  regexp: /the project "[^"]+"|the organization "[^"]+"|the admins of the organization "[^"]+"/,
  transformer: (words: string): Group => {
    const kind = words.startsWith('the admins') ? 'admins' : words.startsWith('the project') ? 'project' : 'organization'
    return { kind, title: quoted(words) }
  },
  useForSnippets: false,
})

defineParameterType({
  name: 'persons',
  regexp: /(?:Ada|Ben|Cleo|Dan)(?:, (?:Ada|Ben|Cleo|Dan))*(?: and (?:Ada|Ben|Cleo|Dan))?/,
  transformer: names,
  useForSnippets: false,
})

/** Exactly these people. */
defineParameterType({
  name: 'exactPersons',
  regexp: /no one|only (?:Ada|Ben|Cleo|Dan)(?:, (?:Ada|Ben|Cleo|Dan))*(?: and (?:Ada|Ben|Cleo|Dan))?/,
  transformer: names,
  useForSnippets: false,
})

defineParameterType({
  name: 'recipients',
  regexp: /Ada|Ben|Cleo|Dan|all members of the organization "[^"]+"/,
  transformer: (words: string): Recipients => (words.includes('"') ? { organization: quoted(words) } : { person: words }),
  useForSnippets: false,
})

/** Whose name is looked up; undefined where there is no such account. */
defineParameterType({
  name: 'account',
  regexp: /Ada|Ben|Cleo|Dan|an account that does not exist|a deleted user/,
  transformer: (words: string) => names(words)[0],
  useForSnippets: false,
})

/** What a search for accounts looks for: a key of a person's account, or a name that no account has. */
export interface Searched {
  person?: string
  key?: string
}

defineParameterType({
  name: 'searched',
  regexp: /(Ada|Ben|Cleo|Dan) by (e-mail address|first name|last name)|a name that no account has/,
  transformer: (person?: string, key?: string): Searched => (person && key ? { person, key } : {}),
  useForSnippets: false,
})

/** Exactly these people, or one person among others. */
export interface SearchResult {
  names: string[]
  amongOthers: boolean
}

defineParameterType({
  name: 'searchResult',
  regexp:
    /no one|only (?:Ada|Ben|Cleo|Dan)(?:, (?:Ada|Ben|Cleo|Dan))*(?: and (?:Ada|Ben|Cleo|Dan))?|(?:Ada|Ben|Cleo|Dan) among others/,
  transformer: (words: string): SearchResult => ({ names: names(words), amongOthers: words.endsWith('among others') }),
  useForSnippets: false,
})

/** A command line, and the seconds after which CoCalc must end it. */
export interface LimitedCommand {
  line: string
  seconds?: number
}

defineParameterType({
  name: 'limitedCommand',
  regexp: /the command "([^"]*)"(?: for at most ([\d.]+) seconds)?/,
  transformer: (line: string, seconds?: string): LimitedCommand => ({ line, ...(seconds ? { seconds: Number(seconds) } : {}) }),
  useForSnippets: false,
})

export type CommandOutcome = 'succeeds' | 'prints the time' | { exitCode: number; errorOutput: string }

defineParameterType({
  name: 'commandOutcome',
  regexp: /(succeeds)|fails with exit code (\d+) and prints the error "([^"]*)"|prints the current time with its UTC offset/,
  transformer: (succeeds?: string, exitCode?: string, errorOutput = ''): CommandOutcome => {
    if (succeeds) return 'succeeds'
    return exitCode === undefined ? 'prints the time' : { exitCode: Number(exitCode), errorOutput }
  },
  useForSnippets: false,
})

defineParameterType({
  name: 'projectAction',
  regexp: /starts|has started|stops|has stopped|touches|deletes/,
  transformer: (words: string) => words,
  useForSnippets: false,
})

defineParameterType({
  name: 'runState',
  regexp: /running|stopped|listed as deleted/,
  transformer: (words: string) => words,
  useForSnippets: false,
})

/** Projects or organizations, by the names of the scenario. */
defineParameterType({
  name: 'listed',
  regexp: /the shared project|the projects? "[^"]+"(?: and "[^"]+")?|the organizations? "[^"]+"(?: and "[^"]+")?/,
  transformer: (words: string) => ({
    kind: words.startsWith('the organization') ? 'organizations' : 'projects',
    titles: words.includes('"') ? [...words.matchAll(/"([^"]+)"/g)].map(([, title = '']) => title) : [words],
  }),
  useForSnippets: false,
})

defineParameterType({
  name: 'listName',
  regexp: /her recent projects|all her projects|all organizations/,
  transformer: (words: string) => words,
  useForSnippets: false,
})

defineParameterType({
  name: 'jupyterApi',
  regexp: /hub API|project API/,
  transformer: (words: string) => words,
  useForSnippets: false,
})

defineParameterType({
  name: 'cellOutcome',
  regexp: /returns|prints|raises/,
  transformer: (words: string) => words,
  useForSnippets: false,
})

defineParameterType({
  name: 'howMany',
  regexp: /no|at least one/,
  transformer: (words: string) => words,
  useForSnippets: false,
})

defineParameterType({
  name: 'kernelKind',
  regexp: /running|offered/,
  transformer: (words: string) => words,
  useForSnippets: false,
})

defineParameterType({
  name: 'tokenState',
  regexp: /valid|revoked/,
  transformer: (words: string) => words,
  useForSnippets: false,
})
