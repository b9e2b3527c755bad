import { defineParameterType } from '@cucumber/cucumber'
import type { PersonName } from '../parameter-types'
import type { Presence, Reaction } from './adapter'

const REACTION = 'thumbs up|thumbs down|party popper|heart'

defineParameterType({
  name: 'reactions',
  regexp: new RegExp(`(?:${REACTION})(?:, (?:${REACTION}))*(?: and (?:${REACTION}))?`),
  transformer: (words: string) => words.split(/, | and /) as Reaction[],
})

const PERSON = 'Ada|Ben|Cleo|Dan'

defineParameterType({
  name: 'people',
  regexp: new RegExp(`(?:${PERSON})(?:, (?:${PERSON}))*(?: and (?:${PERSON}))?`),
  transformer: (words: string) => words.split(/, | and /) as PersonName[],
})

defineParameterType({
  name: 'presence',
  regexp: /available|busy|away|offline/,
  transformer: (word: string) => word as Presence,
})
