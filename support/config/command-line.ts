/** The profiles named on Cucumber's command line, in any of the option's forms. */
export function profilesIn(argv: readonly string[]): string[] {
  return argv.flatMap((argument, index) => {
    if (['-p', '--profile'].includes(argv[index - 1] ?? '')) return [argument]
    const inline = /^(?:--profile=|-p(?=.))(.*)$/.exec(argument)
    return inline?.[1] ? [inline[1].replace(/^=/, '')] : []
  })
}

/** The configuration file named on the command line, if any. */
export function configurationFileIn(argv: readonly string[]): string | undefined {
  const at = argv.findIndex((argument) => argument === '-c' || argument === '--config')
  if (at >= 0) return argv[at + 1]
  return argv.find((argument) => argument.startsWith('--config='))?.slice('--config='.length)
}
