import { configurationFileIn, profilesIn } from '../config/command-line'

/** What Cucumber made of its command line and profiles: the plugin gets neither, so Cucumber's own parser is asked. */
export interface ConfiguredRun {
  dryRun: boolean
  parallel: boolean
  tags: string[]
  /** What narrows the choice of scenarios, as the command line has it: `--tags "…"`, `--name "…"`, `…feature:12`. */
  selection: string[]
  /** One shard of several may have nothing to do. */
  isShard: boolean
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
  const { tagExpression, names, paths, shard } = runConfiguration.sources
  return {
    dryRun: useConfiguration.dryRun,
    parallel: useConfiguration.parallel > 0,
    tags: tagExpression.match(/@[^\s()]+/g) ?? [],
    selection: [
      ...(tagExpression ? [`--tags "${tagExpression}"`] : []),
      ...names.map((name) => `--name "${name}"`),
      ...paths.filter((path) => /:\d+$/.test(path)),
    ],
    isShard: Boolean(shard),
  }
}
