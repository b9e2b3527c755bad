import type { ISourcesCoordinates } from '@cucumber/cucumber/api'
import { configurationFileIn, profilesIn } from '../config/command-line'

/** Command line and profiles as parsed by Cucumber's own parser, because the plugin receives neither. */
export interface ConfiguredRun {
  dryRun: boolean
  parallel: boolean
  tags: string[]
  /** The filters on the command line: `--tags "…"`, `--name "…"`, `…feature:12`. */
  selection: string[]
  /** Where the features are, and what chooses among them; its `shard` is what `--shard` says, or an empty text. */
  sources: ISourcesCoordinates
}

export async function configuredRun(): Promise<ConfiguredRun> {
  const { loadConfiguration } = await import('@cucumber/cucumber/api')
  const argv = process.argv.slice(2)
  const file = configurationFileIn(argv)
  const { useConfiguration, runConfiguration } = await loadConfiguration({
    profiles: profilesIn(argv),
    provided: argv,
    ...(file ? { file } : {}),
  })
  const { sources } = runConfiguration
  const { tagExpression, names, paths } = sources
  return {
    dryRun: useConfiguration.dryRun,
    parallel: useConfiguration.parallel > 0,
    tags: tagExpression.match(/@[^\s()]+/g) ?? [],
    selection: [
      ...(tagExpression ? [`--tags "${tagExpression}"`] : []),
      ...names.map((name) => `--name "${name}"`),
      ...paths.filter((path) => /:\d+$/.test(path)),
    ],
    sources,
  }
}
