import type { InjectedFaults } from '../kit/injected-faults'

/** Makes a backing server lose one write per subject: the first after the fault was injected, and no other. */
export class Losses {
  private readonly done = new WeakMap<object, Set<string>>()

  constructor(private readonly faults: InjectedFaults) {}

  /** @param about the subject of the write, such as a courier, so that each scenario loses one write */
  loses(server: 'postgres' | 'rabbitmq' | 'mongodb' | 'redis', about: unknown): boolean {
    const fault = this.faults.find('lost-write', server)
    if (!fault) return false
    const lost = this.done.get(fault) ?? new Set<string>()
    this.done.set(fault, lost)
    if (lost.has(String(about))) return false
    lost.add(String(about))
    return true
  }
}
