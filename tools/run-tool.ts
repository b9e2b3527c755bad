import { loadEnvFile } from '../support/config/env-file'
import { errorText, UsageError } from '../support/config/errors'
import { isOrdinaryText } from '../support/config/ordinary-words'
import { Redactor } from '../support/config/redaction'
import { configuredSecrets } from '../support/config/settings'
import type { Environment } from '../support/config/variables'
import { guardStreams } from '../support/reports/streams'

/** Runs a command; what the person at the keyboard can put right is told in one line, anything else with its stack. */
export async function runTool(main: () => Promise<number> | number): Promise<void> {
  try {
    process.exit(await main())
  } catch (error) {
    console.error(isSlip(error) ? errorText(error) : error)
    process.exit(1)
  }
}

/** For tools that speak to live services: `.env` is read, and from here on none of its secrets is printed. */
export function liveEnvironment(): Environment {
  loadEnvFile()
  guardStreams(new Redactor(configuredSecrets(process.env), isOrdinaryText))
  return process.env
}

/** @throws UsageError where the value of the option is no count */
export function countOf(option: string, value: string): number {
  const count = Number(value)
  if (!Number.isInteger(count) || count < 1) throw new UsageError(`${option} must be a whole number, 1 or more.`)
  return count
}

function isSlip(error: unknown): boolean {
  return (
    error instanceof UsageError || (error instanceof TypeError && 'code' in error && /^ERR_PARSE_ARGS/.test(String(error.code)))
  )
}
