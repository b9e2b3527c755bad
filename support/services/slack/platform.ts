import type { Capabilities } from '../../chat/adapter'
import type { Platform } from '../../chat/platform'
import { SlackChat } from './adapter'

const can: Capabilities = {
  messages: true,
  formatting: true,
  reactions: true,
  threads: true,
  replies: true,
  mentions: true,
  history: true,
  presence: true,
  attachments: true,
  'direct messages': true,
  'real-time': true,
}

/** Slack as the chat features use it. */
export const slack: Platform = {
  title: 'Slack',
  can,
  open: (access) => SlackChat.of(access, can),
}
