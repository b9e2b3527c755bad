import type { Refused } from '../service'

/** What the words of a feature stand for in the answers of __title__. */
export const refusals: Readonly<Record<string, Refused>> = {
  'there is no such thing': { status: [404], code: ['not_found'] },
  'the thing is not theirs': { status: [403], code: ['forbidden'] },
}
