import { AssertionError, expect } from 'chai'
import { eventually } from '../../assertions/eventually'
import type { ServiceAccess } from '../service'
import { channelOf } from './servers'

interface Search {
  /** Removes it from the queue. */
  take?: boolean
  /** How long to wait for it, in milliseconds. */
  timeout?: number
}

export interface DeadLetter {
  text: string
}

/**
 * Waits for one message in a dead-letter queue. AMQP cannot peek: other messages in front of it are received and requeued in their
 * places, marked as redelivered. So the queue is searched again only when the number of its messages has changed.
 * @returns undefined where it was not found
 * @throws with code 404 where there is no such queue
 */
export async function findDeadLetter(
  access: ServiceAccess,
  queue: string,
  messageId: string,
  { take = false, timeout = 10_000 }: Search = {},
): Promise<DeadLetter | undefined> {
  let found: DeadLetter | undefined
  let before = -1
  const check = async (): Promise<void> => {
    const count = await messagesIn(access, queue)
    if (count > 0 && count !== before) found = await search(access, queue, messageId, take)
    before = count
    expect(found, `message ${messageId} in ${queue}`).to.not.equal(undefined)
  }
  try {
    await eventually(check, { timeout })
    return found
  } catch (error) {
    if (!(error instanceof AssertionError)) throw error
    // If one message arrived and another was removed, the number is the same.
    return search(access, queue, messageId, take)
  }
}

async function messagesIn(access: ServiceAccess, queue: string): Promise<number> {
  const channel = await channelOf(access)
  const { messageCount } = await channel.checkQueue(queue)
  await channel.close()
  return messageCount
}

async function search(access: ServiceAccess, queue: string, messageId: string, take: boolean): Promise<DeadLetter | undefined> {
  const channel = await channelOf(access)
  try {
    for (let message = await channel.get(queue); message; message = await channel.get(queue)) {
      if (message.properties.messageId !== messageId) continue
      if (take) {
        channel.ack(message)
        // Its response comes only after the acknowledgement was processed.
        await channel.checkQueue(queue)
      }
      return { text: message.content.toString('utf8') }
    }
    return undefined
  } finally {
    // Closing the channel requeues unacknowledged messages, unless the broker has closed it already.
    await channel.close().catch(() => undefined)
  }
}
