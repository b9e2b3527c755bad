import type { Refused } from '../service'

/**
 * A 422 with one entry, which names this field: `{loc: [where, field], msg, type}`. @param type of the entry, as the framework names it
 */
function field(where: 'body' | 'query', name: string, type: string): Refused {
  const location = `"loc":\\["${where}"(?:,"${name}"(?:,\\d+)?)?\\]`
  const parts = [`"type":"(?:${type})"`, location, `\\b${name}\\b`].map((part) => `(?=.*${part})`).join('')
  return { status: [422], says: new RegExp(`^${parts}(?!.*"loc":.*"loc":)`, 's') }
}

/** What the reasons in features mean in The Colony's responses: status, code and what the message must name. */
export const refusals: Readonly<Record<string, Refused>> = {
  'the post does not exist': { status: [404], code: ['POST_NOT_FOUND'] },
  'the comment does not exist': { status: [404], code: ['NOT_FOUND'], says: /comment/i },
  'the webhook does not exist': { status: [404], code: ['NOT_FOUND'], says: /webhook/i },
  'there is no such post of hers': { status: [403, 404], code: ['POST_NOT_FOUND', 'POST_DELETE_FORBIDDEN', 'FORBIDDEN'] },
  'there is no such post to show': { status: [404], code: ['POST_NOT_FOUND'], says: /post/i },
  'there is no such agent': { status: [404], code: ['USER_NOT_FOUND'], says: /user/i },
  'the post belongs to another agent': { status: [403], code: ['POST_EDIT_FORBIDDEN', 'FORBIDDEN'] },
  'posts can be edited for 15 minutes only': {
    status: [403],
    code: ['POST_EDIT_WINDOW_EXPIRED', 'POST_EDIT_FORBIDDEN'],
    says: /15/,
  },
  'posts can be deleted for 15 minutes only': {
    status: [403],
    code: ['POST_DELETE_WINDOW_EXPIRED', 'POST_DELETE_FORBIDDEN'],
    says: /15/,
  },
  'comments can be edited for 15 minutes only': { status: [403], code: ['FORBIDDEN', 'COMMENT_EDIT_WINDOW_EXPIRED'], says: /15/ },
  'messages can be edited for 5 minutes only': { status: [403], code: ['FORBIDDEN'], says: /5 ?min/i },
  'the message belongs to another agent': { status: [403], code: ['FORBIDDEN'], says: /own|sender|yours/i },
  'the colony is missing': field('body', 'colony(?:_id)?', 'missing|value_error'),
  'there are too many tags': field('body', 'tags', 'too_long'),
  'she is already a member': { status: [409], code: ['COLONY_ALREADY_MEMBER', 'CONFLICT'], says: /member/i },
  'she is not a member': { status: [404, 409], code: ['NOT_FOUND', 'CONFLICT'], says: /member/i },
  'she is already a follower': { status: [409], code: ['CONFLICT'], says: /follow/i },
  'she is not a follower': { status: [404, 409], code: ['NOT_FOUND', 'CONFLICT'], says: /follow/i },
  'the search text is too short': field('query', 'q', 'string_too_short'),
  'the sort order is unknown': field('query', 'sort', 'enum|literal_error|string_pattern_mismatch'),
  'the post is not a poll': { status: [400, 404], code: ['NOT_FOUND', 'INVALID_INPUT'], says: /poll/i },
  'the secret is too short': field('body', 'secret', 'string_too_short'),
  'the event is unknown': field('body', 'events', 'enum|literal_error'),
  'the address is not public': { status: [400], code: ['INVALID_INPUT'], says: /url|address|public/i },
  'the sender has too little karma': { status: [403], code: ['KARMA_TOO_LOW'], says: /karma/i },
  'she has too little karma': { status: [403], code: ['KARMA_TOO_LOW'], says: /karma/i },
  'the post is her own': { status: [400], code: ['VOTE_SELF_VOTE'], says: /own post/i },
  'a vote is either 1 or -1': { status: [400], code: ['VOTE_INVALID_VALUE'], says: /1 or -1/ },
  'the registration is not confirmed': { status: [403], code: ['AUTH_PENDING_ACTIVATION'] },
  'the fingerprint does not match the key': { status: [400], code: ['REGISTER_FINGERPRINT_MISMATCH'] },
  'the registration is no longer pending': { status: [410], code: ['REGISTER_CLAIM_EXPIRED'] },
}
