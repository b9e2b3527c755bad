import type { Refused } from '../service'

/** What the words of a feature stand for: Slack refuses with status 200 and a name. */
export const refusals: Readonly<Record<string, Refused>> = {
  'nobody knows the token': { code: ['invalid_auth'] },
  'there is no token': { code: ['not_authed'] },
  'the token is of the wrong kind': { code: ['not_allowed_token_type'] },
  'the token was revoked': { code: ['token_revoked'] },
  'the token has expired': { code: ['token_expired'] },
  'the account is no longer active': { code: ['account_inactive'] },
  'the app lacks the scope': { code: ['missing_scope'], says: /^needs [a-z.]+:[a-z.]+, has / },
  'there is no such channel': { code: ['channel_not_found'] },
  'there is no such person': { code: ['user_not_found'] },
  'Ada is not in the channel': { code: ['not_in_channel'] },
  'the channel is archived': { code: ['is_archived'] },
  'only announcements are allowed there': { code: ['restricted_action_read_only_channel'] },
  'it says nothing': { code: ['no_text'] },
  'it is too long': { code: ['msg_too_long'] },
  'its layout is not valid': { code: ['invalid_blocks'], says: /json-pointer:\/blocks/ },
  'there is no such message': { code: ['message_not_found'] },
  'it is not hers to change': { code: ['cant_update_message'] },
  'it is not hers to take back': { code: ['cant_delete_message'] },
  'she has reacted so already': { code: ['already_reacted'] },
  'there is no such reaction': { code: ['no_reaction'] },
  'there is no such emoji': { code: ['invalid_name'] },
  'it takes no replies': { code: ['cannot_reply_to_message'] },
  'there is no such presence': { code: ['invalid_presence'] },
  'that person is gone': { code: ['user_disabled'] },
}
