import type { Refused } from '../service'

/** Discord's documented error codes, by the words of `it is refused because …`. */
export const refusals: Readonly<Record<string, Refused>> = {
  'the token is not valid': { status: [401], code: ['0', '4004'] },
  'the presence intent is not enabled': { status: [403], code: ['4014'] },
  'the channel does not exist': { status: [404], code: ['10003'] },
  'the guild does not exist': { status: [404], code: ['10004'] },
  'the message does not exist': { status: [404], code: ['10008'] },
  'the account does not exist': { status: [404], code: ['10013'] },
  'the emoji does not exist': { status: [400], code: ['10014'] },
  'Ada has no access to the channel': { status: [403], code: ['50001'] },
  'Ben is its author': { status: [403], code: ['50005'] },
  'the message is empty': { status: [400], code: ['50006'] },
  'Ben accepts no direct messages': { status: [403], code: ['50007'] },
  'Ada lacks the permission': { status: [403], code: ['50013'] },
  'the text is too long': { status: [400], code: ['50035'], says: /content: BASE_TYPE_(?:MAX|BAD)_LENGTH/ },
  'the limit is out of range': { status: [400], code: ['50035'], says: /limit: NUMBER_TYPE_(?:MAX|MIN)/ },
  'the message it replies to does not exist': { status: [400], code: ['50035'], says: /REPLIES_UNKNOWN_MESSAGE/ },
  'the message already has a thread': { status: [400], code: ['160004'] },
  'the thread is locked': { status: [403], code: ['160005'] },
}
