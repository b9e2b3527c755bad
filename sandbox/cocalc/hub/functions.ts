import type { HubFunction, HubFunctions } from '../context'
import { cannotRead } from '../errors'
import { db } from './db'
import { jupyter } from './jupyter'
import { messages } from './messages'
import { org } from './org'
import { projects } from './projects'
import { sync } from './sync'
import { system } from './system'

const GROUPS: Readonly<Record<string, HubFunctions>> = { system, projects, jupyter, sync, db, messages, org }

/** @param name `group.function`, as sent */
export function hubFunction(name: unknown): HubFunction {
  if (typeof name !== 'string') throw cannotRead('split')
  const [group = '', short = ''] = name.split('.')
  const functions = Object.hasOwn(GROUPS, group) ? GROUPS[group] : undefined
  const found = functions && Object.hasOwn(functions, short) ? functions[short] : undefined
  if (!found) throw new Error(`unknown function '${name}'`)
  return found
}
