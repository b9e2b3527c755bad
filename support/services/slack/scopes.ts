export interface Scope {
  scope: string
  why: string
  optional?: true
}

/** What the app needs each scope for; the ones marked so are needed only by part of the features. */
export const SCOPES: readonly Scope[] = [
  { scope: 'chat:write', why: 'every message that is sent, changed or taken back' },
  { scope: 'channels:read', why: 'finding public channels by name' },
  { scope: 'channels:history', why: 'reading public channels, and datafeed what is said in them' },
  { scope: 'users:read', why: 'finding people, and whether they are there' },
  { scope: 'reactions:write', why: 'putting reactions and taking them off' },
  { scope: 'reactions:read', why: 'seeing reactions' },
  { scope: 'im:write', why: 'opening private conversations' },
  { scope: 'im:history', why: 'reading private conversations back' },
  { scope: 'groups:read', why: 'finding private channels by name', optional: true },
  { scope: 'groups:history', why: 'reading private channels, and datafeed what is said in them', optional: true },
  { scope: 'mpim:write', why: 'opening conversations of three', optional: true },
  { scope: 'mpim:history', why: 'reading conversations of three', optional: true },
  { scope: 'files:write', why: 'attaching files', optional: true },
  { scope: 'files:read', why: 'reading attached files back', optional: true },
  { scope: 'users:write', why: 'saying that the bot is away', optional: true },
  { scope: 'users:read.email', why: 'seeing the e-mail address of people', optional: true },
  { scope: 'app_mentions:read', why: 'being called on by name', optional: true },
]

/** Of Ben's own token: each opens what it is needed for. */
export const USER_SCOPES: readonly Scope[] = [
  { scope: 'users.profile:write', why: 'setting his status', optional: true },
  { scope: 'chat:write', why: 'saying something in the channel, and taking it back', optional: true },
  { scope: 'users:write', why: 'saying that he is away', optional: true },
  { scope: 'users:read', why: 'seeing whether he has said so', optional: true },
]

/** Of the app's token. */
export const APP_SCOPE = 'connections:write'
