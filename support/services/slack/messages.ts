import { expect } from 'chai'
import { assertAgrees } from '../../assertions/agreement'
import { ContractError } from '../../assertions/contract'
import { eventually } from '../../assertions/eventually'
import type { ActOptions, ChatMessage, ChatPlace, NewFile, SendOptions, Window } from '../../chat/adapter'
import type { Content } from '../../chat/content'
import { sendOrFind } from '../../http/lost'
import { isRefused, type SlackApi, settled } from './api'
import type { SlackFile, SlackMessage } from './contract'
import * as contract from './contract'
import { EDITED, fileOf, toChatMessage } from './parse'
import { expectedText, isFormatted, mrkdwn, plainOf, withoutEmoji } from './render'

/** The target of a call: the conversation, and the thread in it. */
function where(place: ChatPlace): { channel: string; thread_ts?: string } {
  return place.kind === 'thread' ? { channel: place.parent ?? '', thread_ts: place.id } : { channel: place.id }
}

function threadOf({ replyTo }: SendOptions): { thread_ts?: string } {
  return replyTo ? { thread_ts: replyTo.replyTo ?? replyTo.id } : {}
}

const NO_FILE = ['file_not_found', 'file_deleted'] as const

/** Messages as the bot sends, finds, edits and deletes them. */
export class Messages {
  constructor(
    private readonly api: SlackApi,
    private readonly me: () => Promise<string>,
  ) {}

  /** Literal text is sent without markup parsing; links are never unfurled. */
  async send(place: ChatPlace, content: Content, options: SendOptions = {}): Promise<ChatMessage> {
    const { channel } = where(place)
    const response = await this.api.call(
      'chat.postMessage',
      {
        ...where(place),
        ...threadOf(options),
        text: mrkdwn.render(content),
        unfurl_links: false,
        unfurl_media: false,
        ...(isFormatted(content) ? {} : { mrkdwn: false }),
      },
      contract.posted,
      'a message that was sent',
    )
    assertAgrees('a message that was sent', response, { channel })
    return this.from(response.message, place)
  }

  /** Slack adds the message with the files to the conversation later: it is waited for. */
  async sendFiles(place: ChatPlace, files: readonly NewFile[], content: Content): Promise<ChatMessage> {
    const { channel, thread_ts } = where(place)
    const thread = thread_ts === undefined ? {} : { thread_ts }
    const args = {
      channel_id: channel,
      initial_comment: mrkdwn.render(content),
      file_uploads: files.map(({ name, pieces }) => ({ filename: name, title: name, file: Buffer.concat(pieces) })),
      ...thread,
    }
    const uploaded = (await this.api.upload(args, contract.upload)).files.flatMap((response) => response.files)
    await this.assertUploaded(uploaded, files)
    const ids = uploaded.map(({ id }) => id)
    const names = files.map(({ name }) => name).join(', ')
    return eventually(async () => {
      const found = (await this.latest(place, 20)).find((message) => message.files?.some(({ id }) => ids.includes(id)))
      expect(
        found?.files?.map(({ id }) => id),
        `the files of the message with ${names}`,
      ).to.deep.equal(ids)
      return this.from(found as SlackMessage, place)
    })
  }

  /** What Slack returns of the files besides ids and titles, where it does, is as it was sent. */
  private async assertUploaded(uploaded: readonly SlackFile[], files: readonly NewFile[]): Promise<void> {
    const user = await this.me()
    assertAgrees('an upload', { files: uploaded.length }, { files: files.length })
    for (const [at, { name, size }] of files.entries()) {
      const file = uploaded[at] ?? {}
      const sent = { name, size, user }
      const reported = Object.fromEntries(Object.entries(sent).filter(([field]) => field in file))
      assertAgrees(`the uploaded file "${name}"`, file, { title: name, ...reported })
    }
  }

  /** Undefined if it was deleted, or only its placeholder is left. */
  async read(place: ChatPlace, id: string): Promise<ChatMessage | undefined> {
    const found = await this.find(place, id)
    return found && found.subtype !== 'tombstone' ? this.from(found, place) : undefined
  }

  async edit({ id, place }: ChatMessage, content: Content): Promise<ChatMessage> {
    const args = { channel: where(place).channel, ts: id, text: mrkdwn.render(content) }
    const { text, ts, channel, message } = await this.api.call('chat.update', args, contract.updated, 'an edited message')
    expect({ ts, channel }, 'the message in the response to an edit').to.deep.equal({ ts: id, channel: args.channel })
    expect(withoutEmoji(plainOf(text)), 'the text in the response to an edit').to.equal(withoutEmoji(expectedText(content)))
    const current = await this.read(place, id)
    if (!current) throw new Error('The edited message cannot be read.')
    const { author, details = {} } = current
    const { user = author, bot_id = details.bot_id, team = details.team, edited } = message
    const reported = { ts: message.ts ?? ts, user, bot_id, team, 'edited.user': edited?.user ?? author }
    const read = { ts, user: author, bot_id: details.bot_id, team: details.team, 'edited.user': details['edited.user'] }
    assertAgrees('the message in the response to an edit', reported, read)
    if (edited) assertAgrees('the edit in the response', { ts: Number(edited.ts) * 1_000 }, { ts: current.times?.[EDITED] })
    return current
  }

  /** With its files, which would exist after it otherwise. */
  async deleteWithFiles({ place, id, files }: ChatMessage, options?: ActOptions): Promise<void> {
    for (const file of files) {
      const { id: fileId } = fileOf(file)
      await settled(() => this.api.call('files.delete', { file: fileId }, contract.done, 'a file that was deleted'), ...NO_FILE)
      await this.assertDeleted(fileId)
    }
    await this.delete(place, id, options)
  }

  /** If the bot may read files. */
  private async assertDeleted(file: string): Promise<void> {
    const read = () => this.api.call('files.info', { file }, contract.oneFile, 'a file')
    const current = await settled(read, ...NO_FILE, 'missing_scope')
    if (current && current.file.mode !== 'tombstone')
      throw new ContractError('a file that was deleted', [`${file}: still exists`])
  }

  /** Only the message. @returns its id */
  async delete(place: ChatPlace, id: string, { expectsRefusal = false }: ActOptions = {}): Promise<string> {
    const args = { channel: where(place).channel, ts: id }
    const act = () => this.api.call('chat.delete', args, contract.deleted, 'a message that was deleted')
    const isGone = async () => !expectsRefusal && (await this.read(place, id)) === undefined
    const response = await sendOrFind(act, async () => ((await isGone()) ? args : undefined))
    assertAgrees('a message that was deleted', response, { channel: args.channel, ts: id })
    return response.ts
  }

  /** Newest first. The messages directly after a message are at the end of all later ones. */
  async history(place: ChatPlace, { limit, before, after }: Window): Promise<ChatMessage[]> {
    const window = { ...(before ? { latest: before.id } : {}), ...(after ? { oldest: after.id } : {}) }
    const found = place.kind === 'thread' || after ? await this.all(place, window) : await this.latest(place, limit, window)
    const nearest = after ? found.slice(-limit) : found.slice(0, limit)
    return Promise.all(nearest.map((message) => this.from(message, place)))
  }

  /** The latest messages up to a limit, newest first, read by cursor in pages of this size. */
  async inPages(place: ChatPlace, limit: number, size: number): Promise<ChatMessage[]> {
    const found: SlackMessage[] = []
    for (let cursor = ''; found.length < limit; ) {
      const args = { channel: place.id, limit: size, ...(cursor ? { cursor } : {}) }
      const page = await this.api.call('conversations.history', args, contract.messages, 'a page of the history')
      const { messages, has_more, response_metadata } = page
      found.push(...messages)
      if (messages.length > size || (has_more && messages.length < size))
        throw new ContractError('a page of the history', [`it has ${messages.length} messages, not ${size}`])
      if (!has_more) break
      cursor = response_metadata?.next_cursor ?? ''
    }
    const all = inOrder('the pages of the history, newest first', found, descending)
    return Promise.all(all.slice(0, limit).map((message) => this.from(message, place)))
  }

  private async from(message: SlackMessage, place: ChatPlace): Promise<ChatMessage> {
    return toChatMessage(message, place, await this.me())
  }

  private async latest(place: ChatPlace, limit: number, window: object = {}): Promise<SlackMessage[]> {
    if (place.kind === 'thread') return (await this.all(place, window)).slice(0, limit)
    const args = { channel: place.id, limit, ...window }
    const { messages } = await this.api.call('conversations.history', args, contract.messages, 'the history')
    return inOrder('the history, newest first', messages, descending)
  }

  /** Newest first; a thread without its parent message. */
  private async all(place: ChatPlace, window: object): Promise<SlackMessage[]> {
    const { channel, thread_ts } = where(place)
    const pages = { schema: contract.messages, items: ({ messages }: { messages: SlackMessage[] }) => messages }
    if (thread_ts === undefined) {
      const history = await this.api.walk('conversations.history', { channel, ...window }, pages)
      return inOrder('the history, newest first', history, descending)
    }
    const thread = await this.api.walk('conversations.replies', { channel, ts: thread_ts, ...window }, pages)
    const replies = inOrder('a thread, oldest first', thread, ascending).filter(({ ts }) => ts !== thread_ts)
    const counted = thread.find(({ ts }) => ts === thread_ts)?.reply_count ?? 0
    if (Object.keys(window).length === 0) expect(counted, 'the replies counted by the first message').to.equal(replies.length)
    return replies.reverse()
  }

  /** Requested as a thread, which every message is: this also serves replies, and does not use the rate limit of the history. */
  private async find(place: ChatPlace, ts: string): Promise<SlackMessage | undefined> {
    const { channel, thread_ts = ts } = where(place)
    const args = { channel, ts: thread_ts, oldest: ts, latest: ts, inclusive: true }
    try {
      const { messages } = await this.api.call('conversations.replies', args, contract.messages, 'a thread')
      const found = messages.find((message) => message.ts === ts)
      // The first message of a thread is always returned with the requested one.
      const others = messages.filter((message) => ![ts, thread_ts, found?.thread_ts].includes(message.ts))
      if (others.length > 0) throw new ContractError('a message of a thread', [`${others.length} others were returned with it`])
      return found
    } catch (error) {
      if (isRefused(error, 'thread_not_found', 'message_not_found')) return undefined
      throw error
    }
  }
}

type Order = (one: SlackMessage, other: SlackMessage) => number

const ascending: Order = (one, other) => Number(one.ts) - Number(other.ts)
const descending: Order = (one, other) => ascending(other, one)

/** @throws ContractError if the list was in another order */
function inOrder(what: string, messages: SlackMessage[], order: Order): SlackMessage[] {
  const ids = (list: readonly SlackMessage[]): string[] => list.map(({ ts }) => ts)
  assertAgrees(what, { ts: ids(messages) }, { ts: ids([...messages].sort(order)) })
  return messages
}
