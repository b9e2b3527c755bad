import type { FaultSwitch } from '../kit/faults'

/** Lets a backing server lose one write: the next one after the fault was armed, and no other. */
export class Losses {
  private readonly done = new WeakSet<object>()

  constructor(private readonly faults: FaultSwitch) {}

  loses(server: 'postgres' | 'rabbitmq' | 'mongodb' | 'redis'): boolean {
    const fault = this.faults.find('lost-write', server)
    if (!fault || this.done.has(fault)) return false
    this.done.add(fault)
    return true
  }
}
