/**
 * The six ways a service can break its promises. `on` names an operation the way the sandbox's `operation` function does
 * (by default `POST /api/v1/posts/:id/vote`: method and route pattern); a trailing `*` matches any ending.
 */
export type Fault =
  | { kind: 'wrong-status'; on: string; status: number; body?: unknown }
  | { kind: 'missing-field'; on: string; field: string }
  | { kind: 'stale-read'; on: string }
  | { kind: 'lost-write'; on: string }
  | { kind: 'others-data'; on: string; set: Record<string, unknown> }
  | { kind: 'event-never'; on: string }

export type FaultKind = Fault['kind']

/** The faults one server has been told to commit. Empty unless a test armed some through the control port. */
export class FaultSwitch {
  private armed: Fault[] = []

  arm(fault: Fault): void {
    this.armed.push(fault)
  }

  disarm(): void {
    this.armed = []
  }

  find<K extends FaultKind>(kind: K, operation: string): Extract<Fault, { kind: K }> | undefined {
    return this.armed.find((fault): fault is Extract<Fault, { kind: K }> => fault.kind === kind && covers(fault.on, operation))
  }

  /** For servers that push: true where an event of this name must never be delivered. */
  swallows(event: string): boolean {
    return this.find('event-never', event) !== undefined
  }

  isArmed(kind: FaultKind): boolean {
    return this.armed.some((fault) => fault.kind === kind)
  }
}

function covers(pattern: string, operation: string): boolean {
  return pattern.endsWith('*') ? operation.startsWith(pattern.slice(0, -1)) : pattern === operation
}

/** Removes the field at a dotted path; `*` stands for every element of a list. */
export function dropField(value: unknown, path: string): void {
  visit(value, path.split('.'), (holder, key) => {
    delete holder[key]
  })
}

/** Overwrites the field at a dotted path; `*` stands for every element of a list. */
export function setField(value: unknown, path: string, replacement: unknown): void {
  visit(value, path.split('.'), (holder, key) => {
    holder[key] = replacement
  })
}

function visit(value: unknown, path: string[], act: (holder: Record<string, unknown>, key: string) => void): void {
  const [head, ...rest] = path
  if (head === undefined || typeof value !== 'object' || value === null) return
  const holder = value as Record<string, unknown>
  for (const key of head === '*' ? Object.keys(holder) : [head]) {
    if (rest.length === 0) act(holder, key)
    else visit(holder[key], rest, act)
  }
}
