/**
 * A value that is computed on first use and cached, undefined included; a failed attempt (also a rejected promise)
 * is not cached, so that the next use tries again.
 */
export class Lazy<T> {
  private kept: { value: T } | undefined

  constructor(private readonly make: () => T) {
    if (typeof make !== 'function') throw new TypeError('lazy() takes a function')
  }

  evaluate(): T {
    if (this.kept) return this.kept.value
    const kept = { value: this.make() }
    this.kept = kept
    if (kept.value instanceof Promise) kept.value.catch(() => this.forget(kept))
    return kept.value
  }

  isEvaluated(): boolean {
    return this.kept !== undefined
  }

  reset(): void {
    this.kept = undefined
  }

  toString(): string {
    return this.kept ? 'Lazy(evaluated)' : 'Lazy(unevaluated)'
  }

  private forget(kept: { value: T }): void {
    if (this.kept === kept) this.kept = undefined
  }
}

/** Nothing is computed while files are loaded, so that a variable may be set later. */
export function lazy<T>(make: () => T): Lazy<T> {
  return new Lazy(make)
}

export function evaluated<T>(value: T | Lazy<T>): T {
  return value instanceof Lazy ? value.evaluate() : value
}
