/** The named things of a scenario, by their names in sentences. */
export class Named<T> {
  private readonly things = new Map<string, T>()

  /** @param noun for messages, e.g. `post` */
  constructor(private readonly noun: string) {}

  remember(name: string, thing: T): T {
    this.things.set(name, thing)
    return thing
  }

  /** @throws with the existing names where this one does not exist */
  recall(name: string): T {
    const thing = this.things.get(name)
    if (thing !== undefined) return thing
    const names = [...this.things.keys()].map((known) => `"${known}"`).join(', ')
    throw new Error(`No ${this.noun} "${name}" in this scenario so far; there is ${names || 'none'}.`)
  }

  has(name: string): boolean {
    return this.things.has(name)
  }

  all(): T[] {
    return [...this.things.values()]
  }
}
