import { createHmac, randomBytes } from 'node:crypto'
import { refuse } from './errors'
import type { UserRow } from './model'

/** Time-based one-time passwords by RFC 6238: SHA-1, windows of 30 seconds, six digits. */
const WINDOW_SECONDS = 30
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const RECOVERY_CODES = 10

/** A second factor of which no code was used yet. @param secret in Base32 */
export const secondFactorOf = (secret: string) => ({ secret, lastWindow: 0, recoveryCodes: newRecoveryCodes() })

/** 160 random bits, in Base32. */
export const newSecret = (): string => [...randomBytes(32)].map((byte) => ALPHABET[byte % ALPHABET.length]).join('')

export const newRecoveryCodes = (): string[] => Array.from({ length: RECOVERY_CODES }, () => randomBytes(8).toString('hex'))

/**
 * Uses up a code, so that it is not accepted again: a code of the current window or of the one before or after, but of none that was
 * used already, or one of the recovery codes.
 * @param status of the refusal: 401 where a token is exchanged, 400 on other routes
 */
export function spendCode(user: UserRow, code: string, status: 400 | 401): void {
  const factor = user.secondFactor
  if (!factor) return
  const window = windowOf(factor.secret, code)
  const isRecoveryCode = factor.recoveryCodes.includes(code)
  if (window !== undefined && window > factor.lastWindow) factor.lastWindow = window
  else if (isRecoveryCode) factor.recoveryCodes = factor.recoveryCodes.filter((one) => one !== code)
  else throw refuse(status, 'AUTH_2FA_INVALID', 'The two-factor code is wrong')
}

/** The window to which a code belongs: the current one, or the one before or after; undefined for a wrong code. */
export function windowOf(secret: string, code: string): number | undefined {
  const now = Math.floor(Date.now() / 1_000 / WINDOW_SECONDS)
  return [now, now + 1, now - 1].find((window) => codeAt(secret, window) === code)
}

function codeAt(secret: string, window: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(window))
  const digest = createHmac('sha1', bytesOf(secret)).update(counter).digest()
  const offset = (digest.at(-1) ?? 0) & 0x0f
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

function bytesOf(base32: string): Buffer {
  const bits = [...base32.toUpperCase()].map((letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, '0')).join('')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
}
