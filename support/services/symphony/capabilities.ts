import type { Capabilities } from '../../chat/adapter'

/** What a bot can do on Symphony. */
export const capabilities: Capabilities = {
  messages: true,
  formatting: true,
  reactions: 'Symphony has no call by which a bot reacts',
  threads: 'Symphony has no threads',
  replies: 'Symphony has no call by which a bot replies; a card that quotes the message replaces it',
  mentions: true,
  history: true,
  presence: true,
  attachments: true,
  'direct messages': true,
  'real-time': true,
}
