import type { Refused } from '../service'

/** What the words of a feature stand for in The Colony's answers. */
export const refusals: Readonly<Record<string, Refused>> = {
  'there is no such post': { status: [404], code: ['POST_NOT_FOUND'] },
  'it is not theirs or not there': { status: [403, 404] },
  'it is not theirs': { status: [403], code: ['POST_EDIT_FORBIDDEN', 'POST_DELETE_FORBIDDEN', 'FORBIDDEN'] },
  'its time is over': { status: [403], code: ['POST_EDIT_WINDOW_EXPIRED', 'POST_DELETE_WINDOW_EXPIRED', 'POST_EDIT_FORBIDDEN'] },
  'there is nobody like that': { status: [404, 422] },
  'there is no such thing': { status: [404] },
  'they are a member already': { status: [409], code: ['COLONY_ALREADY_MEMBER', 'CONFLICT'] },
  'they are no member': { status: [404, 409] },
  'they follow already': { status: [409], code: ['CONFLICT'] },
  'they do not follow': { status: [404, 409] },
  'the question is too short': { status: [400, 422] },
  'it is no poll': { status: [400, 404, 422] },
  'there is no such post to look at': { status: [404, 422] },
  'the secret is too short': { status: [400, 422], says: /16|secret/i },
  'there is no such event': { status: [400, 422], says: /event/i },
  'the address is not public': { status: [400], code: ['INVALID_INPUT'] },
  'the sender has too little karma': { status: [403], code: ['KARMA_TOO_LOW'], says: /karma/i },
  'the post is their own': { status: [400, 422], says: /own post/i },
  'only +1 and -1 are votes': { status: [400, 422], says: /1 or -1/ },
}
