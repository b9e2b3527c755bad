/** The end of a unique name, run id and serial: no two creations share it. */
export function replayKey(name: string): string {
  return name.split(' ').at(-1) ?? name
}

/** A call with such a key takes effect once, so that it may be repeated. */
export function underKey(key: string): { headers: Record<string, string>; idempotent: true } {
  return { headers: { 'idempotency-key': key }, idempotent: true }
}
