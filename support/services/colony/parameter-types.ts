import { defineParameterType } from '@cucumber/cucumber'
import { VOTES } from './tasks-votes'

defineParameterType({
  name: 'direction',
  regexp: /up|down/,
  transformer: (word: string) => VOTES[word] ?? 0,
})

const EMOJI = 'thumbs up|heart|laugh|thinking|fire|eyes|rocket|clap'

defineParameterType({
  name: 'emoji',
  regexp: new RegExp(EMOJI),
  transformer: (words: string) => words,
})

defineParameterType({
  name: 'emojis',
  regexp: new RegExp(`(?:${EMOJI})(?:, (?:${EMOJI}))*(?: and (?:${EMOJI}))?`),
  transformer: (words: string) => words.split(/, | and /),
})
