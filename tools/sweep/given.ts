import { readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { REGISTER_FOLDER, Register } from '../../sandbox/backing/register'
import { removeNoted } from '../../sandbox/backing/removal'
import { read } from '../../support/config/variables'
import type { SweepOptions } from './journal'

/**
 * Removes what sandboxes of killed runs left on servers given by URL.
 * @param olderThan milliseconds
 * @param from folder with registers of other machines
 * @returns how many things remain
 */
export async function sweepGiven({ dryRun, environment, say }: SweepOptions, olderThan: number, from?: string): Promise<number> {
  let left = 0
  const registers = from === undefined ? Register.ofTheDead() : foldersBelow(from).flatMap((folder) => Register.ofOthers(folder))
  for (const register of registers.filter(({ begunAt }) => Date.now() - begunAt >= olderThan)) {
    const { server, address, things } = register
    const variable = `ACCEPTANCE_${server.toUpperCase()}_URL`
    const url = read(environment, variable)
    if (url && register.isOf(server, url) && !dryRun) {
      const removals = await removeNoted(register, url)
      for (const { says } of removals) say(`  ${says}`)
      left += removals.filter(({ isDone }) => !isDone).length
      continue
    }
    const outcome =
      url && register.isOf(server, url) ? 'would be removed' : `it is at ${address}: set ${variable} to this address`
    for (const { kind, name } of things) say(`  ${kind} ${name} of ${server}: ${outcome}`)
    left += things.length
  }
  return left
}

function foldersBelow(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  const own = entries.filter((entry) => entry.isDirectory() && entry.name === basename(REGISTER_FOLDER))
  return own.map((entry) => join(entry.parentPath, entry.name))
}
