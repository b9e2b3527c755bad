import { Refusal } from '../kit/refusal'

/** Refusals by name: HTTP status, Discord's JSON error code, and its message. */
const REFUSALS = {
  malformed: [400, 0, '400: Bad Request'],
  unauthorized: [401, 0, '401: Unauthorized'],
  notFound: [404, 0, '404: Not Found'],
  wrongMethod: [405, 0, '405: Method Not Allowed'],
  unknownChannel: [404, 10003, 'Unknown Channel'],
  unknownGuild: [404, 10004, 'Unknown Guild'],
  unknownMember: [404, 10007, 'Unknown Member'],
  unknownMessage: [404, 10008, 'Unknown Message'],
  unknownUser: [404, 10013, 'Unknown User'],
  unknownEmoji: [400, 10014, 'Unknown Emoji'],
  unknownSticker: [404, 10060, 'Unknown sticker'],
  tooManyPins: [400, 30003, 'Maximum number of pins reached (250)'],
  tooManyReactions: [400, 30010, 'Maximum number of reactions reached (20)'],
  openingTooFast: [400, 40003, 'You are opening direct messages too fast'],
  tooLarge: [413, 40005, 'Request entity too large'],
  missingAccess: [403, 50001, 'Missing Access'],
  notInDirect: [403, 50003, 'Cannot execute action on a DM channel'],
  notYours: [403, 50005, 'Cannot edit a message authored by another user'],
  empty: [400, 50006, 'Cannot send an empty message'],
  closedToYou: [403, 50007, 'Cannot send messages to this user'],
  notText: [400, 50008, 'Cannot send messages in a non-text channel'],
  missingPermissions: [403, 50013, 'Missing Permissions'],
  systemMessage: [403, 50021, 'Cannot execute action on a system message'],
  wrongChannelType: [400, 50024, 'Cannot execute action on this channel type'],
  invalidRecipients: [400, 50033, 'Invalid Recipient(s)'],
  tooOld: [400, 50034, 'You can only bulk delete messages that are under 14 days old.'],
  invalidVersion: [400, 50041, 'Invalid API version'],
  archived: [400, 50083, 'Thread is archived'],
  tooManyThreads: [400, 160006, 'Maximum number of active threads reached'],
  invalidJson: [400, 50109, 'The request body contains invalid JSON.'],
  noMutualGuilds: [403, 50278, 'Cannot send messages to this user due to having no mutual guilds'],
  blocked: [403, 90001, 'Reaction was blocked'],
  noHistoryNoReply: [403, 160002, 'Cannot reply without permission to read message history'],
  hasThread: [400, 160004, 'A thread has already been created for this message'],
  locked: [403, 160005, 'Thread is locked'],
} as const satisfies Record<string, readonly [number, number, string]>

export function refuse(what: keyof typeof REFUSALS): Refusal {
  const [status, code, message] = REFUSALS[what]
  return new Refusal(status, { message, code })
}

/** One validation error of a form: its path in the body, the leaf code, and the message. */
export interface Complaint {
  path: readonly PropertyKey[]
  code: string
  message: string
}

/** 400 Invalid Form Body; the errors are nested like the request, with array indexes as keys. */
export function invalidForm(complaints: readonly Complaint[]): Refusal {
  const errors: Record<string, unknown> = {}
  for (const { path, code, message } of complaints) {
    let place = errors
    for (const step of path) {
      const key = String(step)
      place[key] ??= {}
      place = place[key] as Record<string, unknown>
    }
    place._errors = [...((place._errors as unknown[] | undefined) ?? []), { code, message }]
  }
  return new Refusal(400, { message: 'Invalid Form Body', code: 50035, errors })
}

export const invalidField = (field: string, code: string, message: string): Refusal =>
  invalidForm([{ path: field.split('.'), code, message }])
