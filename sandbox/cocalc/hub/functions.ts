import type { HubFunction, HubFunctions } from '../context'
import { functionNamed } from '../function-named'
import { db } from './db'
import { jupyter } from './jupyter'
import { messages } from './messages'
import { org } from './org'
import { projects } from './projects'
import { sync } from './sync'
import { system } from './system'

const GROUPS: Readonly<Record<string, HubFunctions>> = { system, projects, jupyter, sync, db, messages, org }

export function hubFunction(name: unknown): HubFunction {
  return functionNamed(GROUPS, name)
}
