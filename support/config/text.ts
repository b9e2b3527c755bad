const EMAIL = /[A-Za-z0-9._%+-]+@((?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,})/g

/** Hides who an e-mail address belongs to; the domain stays, for it often says what went wrong. */
export function maskEmails(text: string): string {
  return text.includes('@') ? text.replace(EMAIL, '***@$1') : text
}

/**
 * Cuts a text to so many bytes of UTF-8, never inside a character, and says how long it was. Redact first: of a secret cut in
 * two, neither half would be known.
 */
export function clip(text: string, bytes = 2_048): string {
  if (text.length * 3 <= bytes) return text
  const whole = Buffer.from(text)
  if (whole.length <= bytes) return text
  let end = bytes
  while (end > 0 && ((whole[end] ?? 0) & 0xc0) === 0x80) end--
  return `${whole.toString('utf8', 0, end)}… (${whole.length} bytes)`
}
