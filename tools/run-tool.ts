import { Command, CommanderError } from 'commander'
import { loadEnvFile } from '../support/config/env-file'
import { errorText, UsageError } from '../support/config/errors'
import { Redactor } from '../support/config/redaction'
import type { Environment } from '../support/config/variables'
import { guardStreams } from '../support/reports/streams'
import { isOrdinaryText } from '../support/run/ordinary-words'
import { configuredSecrets } from '../support/run/settings'
import { nearest } from './nearest'

/** Exit code for a command line that cannot be parsed; 1 means that the tool found something. */
const WRONG_USAGE = 2

/**
 * A command of `npm run <name>`: `--help` shows its declaration, an unknown option is answered with the nearest one.
 * @param summary what it does, in a sentence or two
 */
export function command(name: string, summary: string): Command {
  return new Command(`npm run ${name} --`)
    .description(summary)
    .helpOption('-h, --help', 'show this help')
    .allowExcessArguments(false)
    .configureHelp({ showGlobalOptions: false })
    .configureOutput({
      outputError: (text, write) => write(text.replace(/^error: (.)/, (_all, first: string) => first.toUpperCase())),
    })
    .exitOverride()
}

/** Parses the command line and runs the tool. @param main gets the arguments and the options; returns the exit code */
export async function runCommand<Options extends object>(
  program: Command,
  main: (names: string[], options: Options) => Promise<number> | number,
): Promise<void> {
  await runTool(() => {
    program.parse()
    return main(program.args, program.opts<Options>())
  })
}

/** Runs a tool. A usage error is printed in one line, any other with its stack. Wrong usage ends with exit code 2. */
export async function runTool(main: () => Promise<number> | number): Promise<void> {
  try {
    process.exit(await main())
  } catch (error) {
    if (error instanceof CommanderError) process.exit(error.exitCode === 0 ? 0 : WRONG_USAGE)
    console.error(isUsageError(error) ? errorText(error) : (portInUse(error) ?? error))
    process.exit(isUsageError(error) ? WRONG_USAGE : 1)
  }
}

/** For tools that call live services: `.env` is read, and none of its secrets is printed afterwards. */
export function liveEnvironment(): Environment {
  loadEnvFile()
  guardStreams(new Redactor(configuredSecrets(process.env), isOrdinaryText))
  return process.env
}

/** A whole number, 1 or more, as an option's value. @throws UsageError for any other value */
export function countOf(option: string, value: string): number {
  const count = Number(value)
  if (!Number.isInteger(count) || count < 1) throw new UsageError(`${option} must be a whole number, 1 or more.`)
  return count
}

/**
 * The names, if all are known.
 * @param kind of the names, such as `service`
 * @throws UsageError with the nearest name, and all known ones
 */
export function knownNames(kind: string, names: readonly string[], known: readonly string[]): string[] {
  const unknown = names.filter((name) => !known.includes(name))
  if (unknown.length === 0) return [...names]
  const guesses = unknown.map((name) => nearest(name, known)).filter((name) => name !== undefined)
  const guess = guesses.length === unknown.length ? ` Did you mean ${guesses.join(' and ')}?` : ''
  throw new UsageError(`No ${kind} is called ${unknown.join(' or ')}.${guess} There are ${known.join(', ')}.`)
}

function isUsageError(error: unknown): boolean {
  return (
    error instanceof UsageError || (error instanceof TypeError && 'code' in error && /^ERR_PARSE_ARGS/.test(String(error.code)))
  )
}

function portInUse(error: unknown): string | undefined {
  if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) return undefined
  const port = 'port' in error ? ` ${String(error.port)}` : ''
  return `Port${port} is in use. Stop the program that uses it (lsof -i :${port.trim()} shows it), or choose another port.`
}
