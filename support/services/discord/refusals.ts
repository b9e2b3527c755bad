import type { Refused } from '../service'

/** A form error of exactly this kind, and no other. */
const only = ({ source }: RegExp): RegExp => new RegExp(`^[^(]*\\(${source} [^;]*\\)$`)

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
  'the file is too large': { status: [413], code: ['40005'] },
  'the message is empty': { status: [400], code: ['50006'] },
  'Ben accepts no direct messages': { status: [403], code: ['50007'] },
  'Ada lacks the permission': { status: [403], code: ['50013'] },
  'the text is too long': { status: [400], code: ['50035'], says: only(/content: BASE_TYPE_(?:MAX|BAD)_LENGTH/) },
  'the limit is over the maximum': { status: [400], code: ['50035'], says: only(/limit: NUMBER_TYPE_MAX/) },
  'the limit is under the minimum': { status: [400], code: ['50035'], says: only(/limit: NUMBER_TYPE_MIN/) },
  'the message it replies to does not exist': {
    status: [400],
    code: ['50035'],
    says: only(/message_reference: REPLIES_UNKNOWN_MESSAGE/),
  },
  'the message already has a thread': { status: [400], code: ['160004'] },
  'the thread is locked': { status: [403], code: ['160005'] },
}
