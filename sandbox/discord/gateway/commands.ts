import { z } from 'zod'
import type { Discord } from '../context'
import type { Connection } from './connection'
import { bareToken, CLOSE, frame, Hangup, OP } from './frames'
import { identify } from './identify'
import { sendMembers } from './members'
import { presenceFrom, showBot } from './presence'

const resumption = z.object({ token: z.string(), session_id: z.string(), seq: z.number().int().nonnegative() })
const UNHEEDED: readonly number[] = [OP.VOICE_STATE, OP.SOUNDBOARD_SOUNDS, OP.CHANNEL_INFO]

/** Runs a command that a client sends over the gateway. @throws Hangup where the connection must be closed */
export function runCommand(discord: Discord, connection: Connection, op: number, data: unknown): void {
  if (op === OP.HEARTBEAT) connection.heartbeat()
  else if (op === OP.IDENTIFY) identify(discord, connection, data)
  else if (op === OP.RESUME) resume(discord, connection, data)
  else runWithin(discord, connection, op, data)
}

function runWithin(discord: Discord, { session }: Connection, op: number, data: unknown): void {
  const known = op === OP.PRESENCE || op === OP.REQUEST_MEMBERS || UNHEEDED.includes(op)
  if (!known) throw new Hangup(CLOSE.UNKNOWN_OPCODE)
  if (!session) throw new Hangup(CLOSE.NOT_AUTHENTICATED)
  if (op === OP.REQUEST_MEMBERS) sendMembers(discord, session, data)
  if (op === OP.PRESENCE && discord.limits.mayChangePresence(session.id)) {
    session.shows(presenceFrom(discord, data))
    showBot(discord, session.botId, discord.hub.sessionsOf(session.botId))
  }
}

function resume({ store, hub }: Discord, connection: Connection, data: unknown): void {
  if (connection.session) throw new Hangup(CLOSE.ALREADY_AUTHENTICATED)
  const { success, data: wanted } = resumption.safeParse(data)
  if (!success) throw new Hangup(CLOSE.DECODE_ERROR)
  const token = bareToken(wanted.token)
  if (!store.data.tokens.has(token)) throw new Hangup(CLOSE.AUTHENTICATION_FAILED)
  const session = hub.sessions.get(wanted.session_id)
  if (session?.token !== token || !session.canReplay(wanted.seq)) {
    connection.write(frame(OP.INVALID_SESSION, false))
    return
  }
  if (wanted.seq > session.latest) {
    hub.end(session)
    throw new Hangup(CLOSE.INVALID_SEQUENCE)
  }
  hub.attach(session, connection)
  session.replay(wanted.seq)
}
