export interface Scope {
  scope: string
  why: string
  optional?: true
}

/** The scopes of the app, each with its purpose; the optional ones are needed only by part of the features. */
export const SCOPES: readonly Scope[] = [
  { scope: 'chat:write', why: 'sending, editing and deleting messages' },
  { scope: 'channels:read', why: 'finding public channels by name' },
  { scope: 'channels:history', why: 'reading public channels, and receiving their messages' },
  { scope: 'users:read', why: 'finding users, and reading their presence' },
  { scope: 'reactions:write', why: 'adding and removing reactions' },
  { scope: 'reactions:read', why: 'seeing reactions' },
  { scope: 'im:write', why: 'opening direct conversations' },
  { scope: 'im:history', why: 'reading direct conversations' },
  { scope: 'groups:read', why: 'finding private channels by name', optional: true },
  { scope: 'groups:history', why: 'reading private channels, and receiving their messages', optional: true },
  { scope: 'mpim:write', why: 'opening conversations of three', optional: true },
  { scope: 'mpim:history', why: 'reading conversations of three', optional: true },
  { scope: 'files:write', why: 'attaching files', optional: true },
  { scope: 'files:read', why: 'downloading attached files', optional: true },
  { scope: 'users:write', why: 'setting the bot’s presence', optional: true },
  { scope: 'users:read.email', why: 'reading the e-mail addresses of users', optional: true },
  { scope: 'app_mentions:read', why: 'receiving mentions', optional: true },
]

/** Of Ben's own token, each with its purpose. */
export const USER_SCOPES: readonly Scope[] = [
  { scope: 'users.profile:write', why: 'setting his status', optional: true },
  { scope: 'chat:write', why: 'sending a message to the channel, and deleting it', optional: true },
  { scope: 'users:write', why: 'setting his presence', optional: true },
  { scope: 'users:read', why: 'reading his presence', optional: true },
]

/** Of the app's token. */
export const APP_SCOPE = 'connections:write'
