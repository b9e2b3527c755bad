import { defineParameterType } from '@cucumber/cucumber'

/** By title as the scenario gave it, or the one all tests share; see `projectNamed`. */
defineParameterType({
  name: 'project',
  regexp: /the shared project|"[^"]+"/,
  transformer: (words: string) => words.replaceAll('"', ''),
  useForSnippets: false,
})

const PERSON = '(?:Ada|Ben|Cleo|Dan)'

defineParameterType({
  name: 'everybody',
  regexp: new RegExp(`${PERSON}(?:, ${PERSON})* and ${PERSON}|${PERSON}`),
  transformer: (words: string) => words.split(/, | and /),
  useForSnippets: false,
})
