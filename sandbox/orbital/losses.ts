import type { InjectedFaults } from '../kit/injected-faults'

/** Lets a backing server lose one write about each thing: the first after the fault was armed, and no other. */
export class Losses {
  private readonly done = new WeakMap<object, Set<string>>()

  constructor(private readonly faults: InjectedFaults) {}

  /** @param about whose write it is, such as a courier's, so that each scenario meets the loss once */
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
