import type { Refused } from '../service'

const MISSING = ['chat:write', 'channels:history', 'users:read', 'channels:read', 'reactions:write', 'im:write', 'files:write']

/** The response names the scope that is needed. */
const missingScopes = Object.fromEntries(
  MISSING.map((scope) => [
    `the scope ${scope} is missing`,
    { code: ['missing_scope'], says: new RegExp(`^needs (?:\\S+,)?${scope}(?:,\\S+)?, has (?!(?:.*,)?${scope}(?:,|$))`) },
  ]),
)

/** Slack's error names by the words of `it is refused because …`; every refusal has status 200. */
export const refusals: Readonly<Record<string, Refused>> = {
  'the token is unknown': { code: ['invalid_auth'] },
  'there is no token': { code: ['not_authed'] },
  'the token type is not allowed': { code: ['not_allowed_token_type'] },
  'the token was revoked': { code: ['token_revoked'] },
  'the token has expired': { code: ['token_expired'] },
  'the account is no longer active': { code: ['account_inactive'] },
  ...missingScopes,
  'the channel does not exist': { code: ['channel_not_found'] },
  'the account does not exist': { code: ['user_not_found'] },
  'Ada is not in the channel': { code: ['not_in_channel'] },
  'the channel is archived': { code: ['is_archived'] },
  'the channel is read-only': { code: ['restricted_action_read_only_channel'] },
  'the message is empty': { code: ['no_text'] },
  'the file is too large': { code: ['file_upload_size_restricted'] },
  'the text is too long': { code: ['msg_too_long'] },
  'the block type is unknown': {
    code: ['invalid_blocks'],
    says: /^\[ERROR\] unsupported type: rhombus \[json-pointer:\/blocks\/1\/type\]$/,
  },
  'the message does not exist': { code: ['message_not_found'] },
  'Ben is its author': { code: ['cant_update_message'] },
  'only Ben can delete it': { code: ['cant_delete_message'] },
  'Ada has already added it': { code: ['already_reacted'] },
  'Ada has not added it': { code: ['no_reaction'] },
  'the emoji does not exist': { code: ['invalid_name'] },
  'a join message accepts no replies': { code: ['cannot_reply_to_message'] },
  'the presence does not exist': { code: ['invalid_presence'] },
}
