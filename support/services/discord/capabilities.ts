import type { Capabilities } from '../../chat/adapter'

/** What a bot can do on Discord. */
export const capabilities: Capabilities = {
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
