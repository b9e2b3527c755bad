import { z } from 'zod'
import type { Discord } from '../context'
import type { Connection } from './connection'
import { bareToken, CLOSE, frame, Hangup, OP } from './frames'
import type { Hub } from './hub'
import { identify } from './identify'
import { sendMembers } from './members'
import { presenceFrom, showBot } from './presence'

const resume = z.object({ token: z.string(), session_id: z.string(), seq: z.number().int().nonnegative() })
const UNHEEDED: readonly number[] = [OP.VOICE_STATE, OP.SOUNDBOARD_SOUNDS, OP.CHANNEL_INFO]

/** The commands that clients may send over the gateway. */
export class Commands {
  constructor(
    private readonly discord: () => Discord,
    private readonly hub: Hub,
  ) {}

  /** @throws Hangup where the connection must be closed */
  run(connection: Connection, op: number, data: unknown): void {
    if (op === OP.HEARTBEAT) connection.heartbeat()
    else if (op === OP.IDENTIFY) identify(this.discord(), connection, data)
    else if (op === OP.RESUME) this.resume(connection, data)
    else this.runWithin(connection, op, data)
  }

  private runWithin(connection: Connection, op: number, data: unknown): void {
    const known = op === OP.PRESENCE || op === OP.REQUEST_MEMBERS || UNHEEDED.includes(op)
    if (!known) throw new Hangup(CLOSE.UNKNOWN_OPCODE)
    const { session } = connection
    if (!session) throw new Hangup(CLOSE.NOT_AUTHENTICATED)
    if (op === OP.REQUEST_MEMBERS) sendMembers(this.discord(), session, data)
    if (op === OP.PRESENCE && this.discord().limits.mayChangePresence(session.id)) {
      session.shows(presenceFrom(this.discord(), data))
      showBot(this.discord(), session.botId, this.hub.sessionsOf(session.botId))
    }
  }

  private resume(connection: Connection, data: unknown): void {
    if (connection.session) throw new Hangup(CLOSE.ALREADY_AUTHENTICATED)
    const { success, data: wanted } = resume.safeParse(data)
    if (!success) throw new Hangup(CLOSE.DECODE_ERROR)
    const token = bareToken(wanted.token)
    if (!this.discord().store.data.tokens.has(token)) throw new Hangup(CLOSE.AUTHENTICATION_FAILED)
    const session = this.hub.sessions.get(wanted.session_id)
    if (session?.token !== token || !session.canReplay(wanted.seq)) {
      connection.write(frame(OP.INVALID_SESSION, false))
      return
    }
    if (wanted.seq > session.latest) {
      this.hub.end(session)
      throw new Hangup(CLOSE.INVALID_SEQUENCE)
    }
    this.hub.attach(session, connection)
    session.replay(wanted.seq)
  }
}
