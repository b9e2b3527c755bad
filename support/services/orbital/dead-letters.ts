import { AssertionError, expect } from 'chai'
import { eventually } from '../../assertions/eventually'
import type { ServiceAccess } from '../service'
import { channelOf } from './servers'

interface Search {
  /** Takes it out of the queue for good. */
  take?: boolean
  /** How long to wait for it to come, in milliseconds. */
  timeout?: number
}

/**
 * Waits for one message among dead letters. AMQP shows what is in a queue only by handing it out, so messages of others in front of it
 * are received and returned to their places; they are marked as redelivered then. To do that as seldom as possible, the queue is gone
 * through again only when the number of its messages has changed.
 * @returns whether it was there
 * @throws with code 404 where there is no such queue
 */
export async function findDeadLetter(
  access: ServiceAccess,
  queue: string,
  messageId: string,
  { take = false, timeout = 10_000 }: Search = {},
): Promise<boolean> {
  let before = -1
  const check = async (): Promise<void> => {
    const count = await messagesIn(access, queue)
    const isFound = count > 0 && count !== before && (await goThrough(access, queue, messageId, take))
    before = count
    expect(isFound, `message ${messageId} is in ${queue}`).to.equal(true)
  }
  try {
    await eventually(check, { timeout })
    return true
  } catch (error) {
    if (!(error instanceof AssertionError)) throw error
    // One may have come as another went: the number is the same then.
    return goThrough(access, queue, messageId, take)
  }
}

async function messagesIn(access: ServiceAccess, queue: string): Promise<number> {
  const channel = await channelOf(access)
  const { messageCount } = await channel.checkQueue(queue)
  await channel.close()
  return messageCount
}

async function goThrough(access: ServiceAccess, queue: string, messageId: string, take: boolean): Promise<boolean> {
  const channel = await channelOf(access)
  try {
    for (let message = await channel.get(queue); message; message = await channel.get(queue)) {
      if (message.properties.messageId !== messageId) continue
      if (take) {
        channel.ack(message)
        // Its response comes only after the acknowledgement was processed.
        await channel.checkQueue(queue)
      }
      return true
    }
    return false
  } finally {
    // What was received and not acknowledged returns as the channel closes, if the broker has not closed it.
    await channel.close().catch(() => undefined)
  }
}
