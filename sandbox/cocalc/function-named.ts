import { own } from './values'

/** @param name `group.function`, as sent. @throws CoCalc's own error where it is not a text or no function has that name */
export function functionNamed<T>(groups: Readonly<Record<string, Readonly<Record<string, T>>>>, name: unknown): T {
  if (name === undefined || name === null) throw new TypeError(`Cannot read properties of ${name} (reading 'split')`)
  if (typeof name !== 'string') throw new TypeError('name.split is not a function')
  const [group = '', short = ''] = name.split('.')
  const found = own(own(groups, group) ?? {}, short)
  if (!found) throw new Error(`unknown function '${name}'`)
  return found
}
