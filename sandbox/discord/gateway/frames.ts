/** Gateway opcodes. */
export const OP = {
  DISPATCH: 0,
  HEARTBEAT: 1,
  IDENTIFY: 2,
  PRESENCE: 3,
  VOICE_STATE: 4,
  RESUME: 6,
  RECONNECT: 7,
  REQUEST_MEMBERS: 8,
  INVALID_SESSION: 9,
  HELLO: 10,
  HEARTBEAT_ACK: 11,
  SOUNDBOARD_SOUNDS: 31,
  CHANNEL_INFO: 43,
} as const

/** Close codes and their reasons. */
export const CLOSE = {
  UNKNOWN_ERROR: [4000, 'Unknown error.'],
  UNKNOWN_OPCODE: [4001, 'Unknown opcode.'],
  DECODE_ERROR: [4002, 'Error while decoding payload.'],
  NOT_AUTHENTICATED: [4003, 'Not authenticated.'],
  AUTHENTICATION_FAILED: [4004, 'Authentication failed.'],
  ALREADY_AUTHENTICATED: [4005, 'Already authenticated.'],
  INVALID_SEQUENCE: [4007, 'Invalid seq.'],
  RATE_LIMITED: [4008, 'Rate limited.'],
  SESSION_TIMED_OUT: [4009, 'Session timed out.'],
  INVALID_SHARD: [4010, 'Invalid shard.'],
  INVALID_VERSION: [4012, 'Invalid API version.'],
  INVALID_INTENTS: [4013, 'Invalid intent(s).'],
  DISALLOWED_INTENTS: [4014, 'Disallowed intent(s).'],
} as const satisfies Record<string, CloseReason>

export type CloseReason = readonly [code: number, words: string]

/** Thrown while a client's frame is handled: the connection ends with that close code. */
export class Hangup extends Error {
  constructor(readonly reason: CloseReason) {
    super(reason[1])
  }
}

/** Over the gateway a token has no prefix; some libraries send it as in a header. */
export const bareToken = (token: string): string => token.replace(/^Bot /, '')

/** @param s the number and @param t the name of an event */
export const frame = (op: number, d: unknown, s: number | null = null, t: string | null = null): string =>
  JSON.stringify({ op, d, s, t })
