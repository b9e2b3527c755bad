import type { Refused } from '../service'

/** Discord's own codes, as it documents them, by the words of `it is refused because …`. */
export const refusals: Readonly<Record<string, Refused>> = {
  'the token is not valid': { status: [401] },
  'the intent is not switched on': { status: [403], code: ['4014'] },
  'there is no such channel': { status: [404], code: ['10003'] },
  'there is no such guild': { status: [404], code: ['10004'] },
  'there is no such message': { status: [404], code: ['10008'] },
  'there is no such person': { status: [404], code: ['10013'] },
  'there is no such emoji': { status: [400], code: ['10014'] },
  'the bot cannot see it': { status: [403], code: ['50001'] },
  'it is not theirs': { status: [403], code: ['50005'] },
  'the message is empty': { status: [400], code: ['50006'] },
  'the person takes no private messages': { status: [403], code: ['50007'] },
  'a permission is missing': { status: [403], code: ['50013'] },
  'the text is too long': { status: [400], code: ['50035'], says: /content: BASE_TYPE_(?:MAX|BAD)_LENGTH/ },
  'the number is out of range': { status: [400], code: ['50035'], says: /limit: NUMBER_TYPE_(?:MAX|MIN)/ },
  'what it replies to is unknown': { status: [400], code: ['50035'], says: /REPLIES_UNKNOWN_MESSAGE/ },
  'there is a thread already': { status: [400], code: ['160004'] },
  'the thread is locked': { status: [403], code: ['160005'] },
}
