const EMAIL = /[A-Za-z0-9._%+-]+@((?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,})/g

/** Masks the local part of an e-mail address; the domain stays, because it often shows the cause of a problem. */
export function maskEmails(text: string): string {
  return text.includes('@') ? text.replace(EMAIL, '***@$1') : text
}

/**
 * Truncates a text to a number of UTF-8 bytes, not inside a character, and appends its original length. Redact first: a secret
 * that is cut in two is no longer found.
 */
export function clip(text: string, bytes = 2_048): string {
  if (text.length * 3 <= bytes) return text
  const whole = Buffer.from(text)
  if (whole.length <= bytes) return text
  let end = bytes
  while (end > 0 && ((whole[end] ?? 0) & 0xc0) === 0x80) end--
  return `${whole.toString('utf8', 0, end)}… (${whole.length} bytes)`
}
