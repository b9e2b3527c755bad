import { defineParameterType } from '@cucumber/cucumber'
import type { PersonName } from '../parameter-types'
import type { Audience, Presence, PresenceRequest, Reaction } from './adapter'

defineParameterType({
  name: 'reactions',
  regexp:
    /(?:thumbs up|thumbs down|party popper|heart|a custom emoji|an unknown emoji)(?:(?:, | and )(?:thumbs up|thumbs down|party popper|heart))*/,
  transformer: (words: string) => words.split(/, | and /) as Reaction[],
})

defineParameterType({
  name: 'people',
  regexp: /(?:Ada|Ben|Cleo|Dan)(?:(?:, | and )(?:Ada|Ben|Cleo|Dan))*/,
  transformer: (words: string) => words.split(/, | and /) as PersonName[],
})

/** Exactly the users that a message mentions. */
export interface Mentions {
  people: readonly string[]
  channel: boolean
  role: boolean
  audience?: Audience
}

defineParameterType({
  name: 'mentioned',
  regexp:
    /no one|(?:Ada|Ben|Cleo|Dan|the channel|a role|@everyone|@channel|@here)(?:(?:, | and )(?:Ada|Ben|Cleo|Dan|the channel|a role|@everyone|@channel|@here))*/,
  transformer: (words: string): Mentions => {
    const all = words.split(/, | and /)
    const audience = all.find((word) => word.startsWith('@'))
    return {
      people: all.filter((word) => /^[A-Z]/.test(word)),
      channel: all.includes('the channel'),
      role: all.includes('a role'),
      ...(audience ? { audience: audience.slice(1) as Audience } : {}),
    }
  },
})

defineParameterType({
  name: 'presence',
  regexp: /available|busy|away|offline|do not disturb|on the phone|in a meeting|be right back|out of office|off work/,
  transformer: (word: string) => word as Presence,
})

defineParameterType({
  name: 'presenceRequest',
  regexp:
    /available|busy|away|offline|do not disturb|on the phone|in a meeting|be right back|out of office|off work|an unknown value/,
  transformer: (word: string) => word as PresenceRequest,
})

export type Side = 'before' | 'after' | 'around'

defineParameterType({
  name: 'side',
  regexp: /before|after|around/,
  transformer: (word: string) => word as Side,
})

/** A message by its text; undefined for one that does not exist. */
defineParameterType({
  name: 'message',
  regexp: /"([^"]*)"|a message that does not exist/,
  transformer: (text?: string) => text,
})

/** The new text of an edit; undefined for one over the platform's maximum. */
defineParameterType({
  name: 'newText',
  regexp: /"([^"]*)"|a text over the maximum length/,
  transformer: (text?: string) => text,
})

export type PlaceKind = 'thread' | 'room'

defineParameterType({
  name: 'placeKind',
  regexp: /thread|room/,
  transformer: (word: string) => word as PlaceKind,
})

export type InvalidMessage =
  | 'an empty message'
  | 'a message over the maximum length'
  | 'a message to a channel that does not exist'

defineParameterType({
  name: 'invalidMessage',
  regexp: /an empty message|a message over the maximum length|a message to a channel that does not exist/,
  transformer: (words: string) => words as InvalidMessage,
})

export type NameKind = 'id' | 'name' | 'display name' | 'email'

defineParameterType({
  name: 'nameKind',
  regexp: /id|name|display name|email/,
  transformer: (words: string) => words as NameKind,
})

export type UnknownTarget =
  | 'an account that does not exist'
  | 'a channel that does not exist'
  | 'the presence of an account that does not exist'

defineParameterType({
  name: 'unknownTarget',
  regexp: /an account that does not exist|a channel that does not exist|the presence of an account that does not exist/,
  transformer: (words: string) => words as UnknownTarget,
})

export type NoPartner = 'an account that does not exist' | 'no other member'

/** People, or what no conversation can be opened with. */
defineParameterType({
  name: 'partners',
  regexp: /(?:Ada|Ben|Cleo|Dan)(?:(?:, | and )(?:Ada|Ben|Cleo|Dan))*|an account that does not exist|no other member/,
  transformer: (words: string): PersonName[] | NoPartner =>
    words === 'an account that does not exist' || words === 'no other member' ? words : (words.split(/, | and /) as PersonName[]),
})
