/** What the app needs each scope for; the ones marked so are needed only by part of the features. */
export const SCOPES: readonly { scope: string; why: string; optional?: true }[] = [
  { scope: 'chat:write', why: 'every message that is sent, changed or taken back' },
  { scope: 'channels:read', why: 'finding public channels by name' },
  { scope: 'channels:history', why: 'reading public channels, and hearing what is said in them' },
  { scope: 'users:read', why: 'finding people, and whether they are there' },
  { scope: 'reactions:write', why: 'putting reactions and taking them off' },
  { scope: 'reactions:read', why: 'seeing reactions' },
  { scope: 'im:write', why: 'opening private conversations' },
  { scope: 'im:history', why: 'reading private conversations back' },
  { scope: 'groups:read', why: 'finding private channels by name', optional: true },
  { scope: 'groups:history', why: 'reading private channels, and hearing what is said in them', optional: true },
  { scope: 'mpim:write', why: 'opening conversations of three', optional: true },
  { scope: 'mpim:history', why: 'reading conversations of three', optional: true },
  { scope: 'files:write', why: 'attaching files', optional: true },
  { scope: 'files:read', why: 'reading attached files back', optional: true },
  { scope: 'users:write', why: 'saying that the bot is away', optional: true },
  { scope: 'users:read.email', why: 'seeing the e-mail address of people', optional: true },
  { scope: 'app_mentions:read', why: 'being called on by name', optional: true },
]

/** Of Ben's own token, and of the app's: needed only by the features that use them. */
export const USER_SCOPE = 'users.profile:write'
export const APP_SCOPE = 'connections:write'
