/** Default scopes of a bot. */
export const BOT_SCOPES = [
  ...['app_mentions:read', 'channels:history', 'channels:join', 'channels:manage', 'channels:read', 'chat:write'],
  ...['emoji:read', 'files:read', 'files:write', 'groups:history', 'groups:read', 'groups:write', 'im:history', 'im:read'],
  ...['im:write', 'mpim:history', 'mpim:read', 'mpim:write', 'reactions:read', 'reactions:write', 'team:read', 'users:read'],
  ...['users:read.email', 'users:write', 'users.profile:read'],
]
export const USER_SCOPES = [
  ...['channels:history', 'channels:read', 'channels:write', 'chat:write', 'files:read', 'files:write', 'groups:history'],
  ...['groups:read', 'groups:write', 'im:history', 'im:read', 'im:write', 'mpim:history', 'mpim:read', 'mpim:write'],
  ...['reactions:read', 'reactions:write', 'users:read', 'users:read.email', 'users:write', 'users.profile:read'],
  'users.profile:write',
]
export const APP_SCOPES = ['connections:write']
