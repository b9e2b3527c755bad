import { configurationFileIn, profilesIn } from './command-line'

/** What Cucumber made of its command line and profiles: the plugin is told neither, so Cucumber's own parser is asked. */
export async function configuredRun(): Promise<{ dryRun: boolean; parallel: boolean; tags: string[]; isNamed: boolean }> {
  const { loadConfiguration } = await import('@cucumber/cucumber/api')
  const argv = process.argv.slice(2)
  const file = configurationFileIn(argv)
  const { useConfiguration, runConfiguration } = await loadConfiguration({
    profiles: profilesIn(argv),
    provided: argv,
    ...(file ? { file } : {}),
  })
  const { tagExpression, names } = runConfiguration.sources
  return {
    dryRun: useConfiguration.dryRun,
    parallel: useConfiguration.parallel > 0,
    tags: tagExpression.match(/@[^\s()]+/g) ?? [],
    isNamed: names.length > 0,
  }
}
