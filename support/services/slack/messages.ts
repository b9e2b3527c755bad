import { expect } from 'chai'
import { eventually } from '../../assertions/eventually'
import type { ChatMessage, ChatPlace, NewFile, SendOptions, Window } from '../../chat/adapter'
import type { Content } from '../../chat/content'
import { isRefused, type SlackApi, settled } from './api'
import type { SlackMessage } from './contract'
import * as contract from './contract'
import { fileOf, toChatMessage } from './parse'
import { expectedText, isFormatted, mrkdwn, plainOf, withoutEmoji } from './render'

/** Where a call is told to go: the conversation, and within it the thread. */
function where(place: ChatPlace): { channel: string; thread_ts?: string } {
  return place.kind === 'thread' ? { channel: place.parent ?? '', thread_ts: place.id } : { channel: place.id }
}

function threadOf({ replyTo }: SendOptions): { thread_ts?: string } {
  return replyTo ? { thread_ts: replyTo.replyTo ?? replyTo.id } : {}
}

/** Messages as the bot sends, finds, changes and removes them. */
export class Messages {
  constructor(
    private readonly api: SlackApi,
    private readonly me: () => Promise<string>,
  ) {}

  /** Literal text is sent without looking for marks in it; links are never unfolded. */
  async send(place: ChatPlace, content: Content, options: SendOptions = {}): Promise<ChatMessage> {
    const { message } = await this.api.call(
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
    return this.from(message, place)
  }

  /** Slack adds the message with the files to the conversation some time later: it is waited for. */
  async sendFiles(place: ChatPlace, files: readonly NewFile[], content: Content): Promise<ChatMessage> {
    const { channel, thread_ts } = where(place)
    const thread = thread_ts === undefined ? {} : { thread_ts }
    const args = {
      channel_id: channel,
      initial_comment: mrkdwn.render(content),
      file_uploads: files.map(({ name, bytes }) => ({ filename: name, title: name, file: bytes })),
      ...thread,
    }
    const response = await this.api.upload(args, contract.upload)
    const id = response.files[0]?.files?.[0]?.id
    const names = files.map(({ name }) => name).join(', ')
    return eventually(async () => {
      const found = (await this.latest(place, 20)).find((message) => message.files?.some((file) => file.id === id))
      expect(found, `the message with the file ${names}`).to.not.equal(undefined)
      return this.from(found as SlackMessage, place)
    })
  }

  /** Nothing where it is gone, or only its placeholder is left. */
  async read(place: ChatPlace, id: string): Promise<ChatMessage | undefined> {
    const found = await this.find(place, id)
    return found && found.subtype !== 'tombstone' ? this.from(found, place) : undefined
  }

  async edit({ id, place }: ChatMessage, content: Content): Promise<ChatMessage> {
    const args = { channel: where(place).channel, ts: id, text: mrkdwn.render(content) }
    const { text, ts, channel } = await this.api.call('chat.update', args, contract.updated, 'an edited message')
    expect({ ts, channel }, 'the message in the response to an edit').to.deep.equal({ ts: id, channel: args.channel })
    expect(withoutEmoji(plainOf(text)), 'the text in the response to an edit').to.equal(withoutEmoji(expectedText(content)))
    const there = await this.read(place, id)
    if (!there) throw new Error('The edited message cannot be read.')
    return there
  }

  /** With its files, which would outlive it. */
  async remove({ place, id, files }: ChatMessage): Promise<void> {
    for (const file of files) {
      await settled(
        () => this.api.call('files.delete', { file: fileOf(file).id }, contract.done, 'a file that was deleted'),
        'file_not_found',
        'file_deleted',
      )
    }
    await this.delete(place, id)
  }

  /** The message alone. @returns its id */
  async delete(place: ChatPlace, id: string): Promise<string> {
    const args = { channel: where(place).channel, ts: id }
    return (await this.api.call('chat.delete', args, contract.deleted, 'a message that was deleted')).ts
  }

  /** Newest first. What comes right after a message is the far end of all that came since. */
  async history(place: ChatPlace, { limit, before, after }: Window): Promise<ChatMessage[]> {
    const window = { ...(before ? { latest: before.id } : {}), ...(after ? { oldest: after.id } : {}) }
    const found = place.kind === 'thread' || after ? await this.all(place, window) : await this.latest(place, limit, window)
    const nearest = after ? found.slice(-limit) : found.slice(0, limit)
    return Promise.all(nearest.map((message) => this.from(message, place)))
  }

  private async from(message: SlackMessage, place: ChatPlace): Promise<ChatMessage> {
    return toChatMessage(message, place, await this.me())
  }

  private async latest(place: ChatPlace, limit: number, window: object = {}): Promise<SlackMessage[]> {
    if (place.kind === 'thread') return (await this.all(place, window)).slice(0, limit)
    const args = { channel: place.id, limit, ...window }
    return (await this.api.call('conversations.history', args, contract.messages, 'the history')).messages
  }

  /** Newest first, a thread without the message it hangs on. */
  private async all(place: ChatPlace, window: object): Promise<SlackMessage[]> {
    const { channel, thread_ts } = where(place)
    const pages = { schema: contract.messages, items: ({ messages }: { messages: SlackMessage[] }) => messages }
    if (thread_ts === undefined) return this.api.walk('conversations.history', { channel, ...window }, pages)
    const thread = await this.api.walk('conversations.replies', { channel, ts: thread_ts, ...window }, pages)
    return thread.filter(({ ts }) => ts !== thread_ts).reverse()
  }

  /** Asked for as a thread, which every message is: this serves replies, too, and leaves the budget of the history alone. */
  private async find(place: ChatPlace, ts: string): Promise<SlackMessage | undefined> {
    const { channel, thread_ts = ts } = where(place)
    const args = { channel, ts: thread_ts, oldest: ts, latest: ts, inclusive: true }
    try {
      const { messages } = await this.api.call('conversations.replies', args, contract.messages, 'a thread')
      return messages.find((message) => message.ts === ts)
    } catch (error) {
      if (isRefused(error, 'thread_not_found', 'message_not_found')) return undefined
      throw error
    }
  }
}
