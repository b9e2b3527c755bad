import { configurationFileIn, profilesIn } from './core/arguments'

/** What Cucumber made of its command line and profiles: the plugin is told neither, so Cucumber's own parser is asked. */
export async function configuredRun(): Promise<{ dryRun: boolean; parallel: boolean }> {
  const { loadConfiguration } = await import('@cucumber/cucumber/api')
  const argv = process.argv.slice(2)
  const file = configurationFileIn(argv)
  const { useConfiguration } = await loadConfiguration({ profiles: profilesIn(argv), provided: argv, ...(file ? { file } : {}) })
  return { dryRun: useConfiguration.dryRun, parallel: useConfiguration.parallel > 0 }
}
