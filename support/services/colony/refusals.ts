import type { Refused } from '../../core/service'

/** What the words of a feature stand for in The Colony's answers. */
export const refusals: Readonly<Record<string, Refused>> = {
  'there is no such post': { status: [404], code: ['POST_NOT_FOUND'] },
  'it is not theirs or not there': { status: [403, 404] },
  'it is not theirs': { status: [403], code: ['POST_EDIT_FORBIDDEN', 'POST_DELETE_FORBIDDEN', 'FORBIDDEN'] },
  'its time is over': { status: [403], code: ['POST_EDIT_WINDOW_EXPIRED', 'POST_DELETE_WINDOW_EXPIRED', 'POST_EDIT_FORBIDDEN'] },
  'the post is their own': { status: [400, 422], says: /own post/i },
  'only +1 and -1 are votes': { status: [400, 422], says: /1 or -1/ },
}
