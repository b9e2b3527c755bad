const OTHER = 'U0SOMEBODY'

export interface Flow {
  flow: string
  /** What is asked for in it, and a field the answer promises. */
  read: string
  field: string
  missing: RegExp
  /** Somebody else's, laid over the answers of `othersOn`, or of what is read. */
  others: Record<string, unknown>
  othersOn?: string
  blamesOthers: RegExp
  /** What is written, what reads it, and what is said when either lies. */
  write?: string
  lost?: RegExp
  seenBy?: string
  stale?: RegExp
  event?: string
  blamesEvent?: RegExp
}

/** What breaks in each flow of Slack, and what is blamed for it. */
export const FLOWS: readonly Flow[] = [
  {
    flow: 'connection',
    read: 'auth.test',
    field: 'user_id',
    missing: /who the bot is breaks its contract: user_id/,
    others: { 'user.is_bot': false },
    othersOn: 'users.info',
    blamesOthers: /that it is a bot/,
  },
  {
    flow: 'scopes',
    read: 'users.info',
    field: 'needed',
    missing: /the refusal says/,
    others: { error: 'channel_not_found' },
    othersOn: 'chat.postMessage',
    blamesOthers: /the code of a refusal because the scope/,
  },
  {
    flow: 'lookup',
    read: 'conversations.info',
    field: 'channel.topic',
    missing: /a channel breaks its contract: channel\.topic/,
    others: { 'members.*.id': 'USLACKBOT' },
    othersOn: 'users.list',
    blamesOthers: /account found for Ben/,
  },
  {
    flow: 'messages',
    read: 'conversations.replies',
    field: 'messages.*.ts',
    missing: /a thread breaks its contract: messages\.0\.ts/,
    others: { 'messages.*.user': OTHER },
    blamesOthers: /the author of/,
    write: 'chat.update',
    lost: /text of|that "Two red gloves" was edited/,
    seenBy: 'conversations.replies',
    stale: /read again|which was taken back|what it says/,
  },
  {
    flow: 'refusals',
    read: 'chat.postMessage',
    field: 'ts',
    missing: /a message that was sent breaks its contract: ts/,
    others: { error: 'fatal' },
    blamesOthers: /the code of a refusal/,
    write: 'chat.postMessage',
    lost: /the code of a refusal/,
    seenBy: 'conversations.replies',
    stale: /is removed/,
  },
  {
    flow: 'mentions',
    read: 'conversations.replies',
    field: 'messages.*.text',
    missing: /a thread breaks its contract: messages\.0\.text/,
    others: { 'messages.*.text': `<@${OTHER}>` },
    blamesOthers: /people mentioned by|the channels "[^"]+" mentions: expected/,
    write: 'chat.postMessage',
    lost: /read again|is not there/,
    seenBy: 'conversations.replies',
    stale: /read again|is not there/,
  },
  {
    flow: 'reactions',
    read: 'conversations.replies',
    field: 'messages.*.reactions.*.count',
    missing: /a thread breaks its contract: messages\.0\.reactions\.0\.count/,
    others: { 'messages.*.reactions.*.users': [OTHER] },
    blamesOthers: /the reactions to/,
    write: 'reactions.add',
    lost: /the reactions to|no_reaction/,
    seenBy: 'conversations.replies',
    stale: /the reactions to|read again/,
  },
  {
    flow: 'threads',
    read: 'conversations.replies',
    field: 'has_more',
    missing: /breaks its contract: has_more/,
    others: { 'messages.*.ts': '1000000000.000001' },
    blamesOthers: /messages of the thread|read again/,
    write: 'chat.postMessage',
    lost: /messages of the thread|thread_not_found/,
    seenBy: 'conversations.replies',
    stale: /messages of the thread|read again/,
  },
  {
    flow: 'tables',
    read: 'chat.postMessage',
    field: 'message',
    missing: /a message that was sent breaks its contract: message/,
    others: { 'messages.*.text': 'Somebody else wrote this' },
    othersOn: 'conversations.replies',
    blamesOthers: /the markup of "How far we are"/,
    write: 'chat.postMessage',
    lost: /read again/,
    seenBy: 'conversations.replies',
    stale: /read again/,
  },
  {
    flow: 'history',
    read: 'conversations.history',
    field: 'has_more',
    missing: /the history breaks its contract: has_more/,
    others: { 'messages.*.ts': '1000000000.000001' },
    blamesOthers: /messages of the scenario among those read|all messages read, newest first: expected/,
    write: 'chat.postMessage',
    lost: /among those read|number of messages read|all messages read/,
    seenBy: 'conversations.history',
    stale: /among those read|number of messages read|all messages read|read again/,
  },
  {
    flow: 'presence',
    read: 'users.getPresence',
    field: 'presence',
    missing: /presence breaks its contract: presence/,
    others: { presence: 'away' },
    blamesOthers: /the presence of Ben/,
    write: 'users.setPresence',
    lost: /presence of Ada/,
    seenBy: 'users.getPresence',
    stale: /presence of Ada/,
  },
  {
    flow: 'private',
    read: 'conversations.open',
    field: 'channel.id',
    missing: /a private conversation breaks its contract: channel\.id/,
    others: { 'channel.id': 'D0SOMEBODY' },
    blamesOthers: /channel_not_found/,
    write: 'chat.postMessage',
    lost: /in the conversation|read again|in the history/,
    seenBy: 'conversations.history',
    stale: /in the conversation|read again|in the history/,
  },
  {
    flow: 'sharing',
    read: 'conversations.replies',
    field: 'messages.*.text',
    missing: /a thread breaks its contract: messages\.0\.text/,
    others: { 'messages.*.files.*.name': 'theirs.txt', 'messages.*.text': 'Somebody else wrote this' },
    blamesOthers: /text of|the files of/,
    write: 'files.completeUploadExternal',
    lost: /the message with the file glove\.txt/,
    seenBy: 'conversations.history',
    stale: /the message with the file glove\.txt|read again|in the history/,
  },
  {
    flow: 'inbound',
    read: 'apps.connections.open',
    field: 'url',
    missing: /a connection breaks its contract: url/,
    others: { user: OTHER },
    othersOn: 'message',
    blamesOthers: /author of/,
    write: 'chat.postMessage',
    lost: /read again/,
    seenBy: 'conversations.replies',
    stale: /read again/,
    event: 'message',
    blamesEvent: /messages received|among those received/,
  },
]
