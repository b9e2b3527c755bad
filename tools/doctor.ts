import { UsageError } from '../support/config/errors'
import { services } from '../support/services'
import { examine } from './doctor/examine'
import { liveEnvironment, runTool } from './run-tool'

/** `npm run doctor [-- service…]`: what will run, what not, and why. Exit code 1 where something configured does not work. */
async function main(names: readonly string[]): Promise<number> {
  const unknown = names.filter((name) => !services.some((service) => service.name === name))
  if (unknown.length > 0)
    throw new UsageError(
      `No service is called ${unknown.join(' or ')}; there are ${services.map(({ name }) => name).join(', ')}.`,
    )
  const environment = liveEnvironment()
  const chosen = services.filter(({ name }) => names.length === 0 || names.includes(name))
  const reports = await Promise.all(chosen.map((service) => examine(service, environment)))
  for (const { title, lines, setup } of reports) {
    console.log(`\n${title}`)
    for (const { ok, says, toDo } of lines) console.log(`  ${ok ? '✓' : '✗'} ${says}${toDo ? `\n      ${toDo}` : ''}`)
    console.log(`  → ${setup}`)
  }
  return reports.some(({ broken }) => broken) ? 1 : 0
}

runTool(() => main(process.argv.slice(2)))
