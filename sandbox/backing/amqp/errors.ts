/** An error for which AMQP closes the channel or the whole connection. */
export class AmqpError extends Error {
  constructor(
    readonly code: number,
    text: string,
    readonly closes: 'channel' | 'connection' = 'channel',
  ) {
    super(text)
  }
}

export const notFound = (what: string, name: string): AmqpError =>
  new AmqpError(404, `NOT_FOUND - no ${what} '${name}' in vhost '/'`)

export const preconditionFailed = (why: string): AmqpError => new AmqpError(406, `PRECONDITION_FAILED - ${why}`)

/** For what RabbitMQ does and this emulation does not: success without the effect would mislead its clients. */
export const notImplemented = (what: string): AmqpError => new AmqpError(540, `NOT_IMPLEMENTED - ${what}`, 'connection')

export const accessRefused = (why: string): AmqpError => new AmqpError(403, `ACCESS_REFUSED - ${why}`)

export const locked = (queue: string): AmqpError =>
  new AmqpError(405, `RESOURCE_LOCKED - cannot obtain exclusive access to locked queue '${queue}' in vhost '/'`)
