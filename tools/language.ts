import { usageOf } from './language/definitions'
import { readFeatures } from './language/features'
import { featureViolations, figuresOf, figureViolations, LIMITS, percent, stepViolations } from './language/rules'
import { command, runCommand } from './run-tool'

async function main(parts: readonly string[]): Promise<number> {
  const features = readFeatures('.')
  const usage = await usageOf()
  const figures = figuresOf(features, usage.definitions)
  const violations = [...featureViolations(features), ...stepViolations(usage), ...figureViolations(figures)].filter(
    ({ at }) => parts.length === 0 || parts.some((part) => at.includes(part)),
  )
  for (const { at, says } of violations) console.error(`${at}: ${says}`)
  console.log(
    `${figures.scenarios} scenarios, ${figures.definitions} step definitions (at most ${LIMITS.definitions}), ` +
      `${figures.perDefinition.toFixed(2)} scenarios for each (at least ${LIMITS.perDefinition}), ` +
      `${percent(figures.usedOnce)} used once (at most ${percent(LIMITS.usedOnce)})`,
  )
  if (violations.length > 0) console.error(`${violations.length} violations`)
  return violations.length > 0 ? 1 : 0
}

const program = command(
  'language',
  'Reports what in features and steps breaks the rules of CONTRIBUTING.md, and how often step definitions are used.',
)
  .argument('[part...]', 'parts of paths: only violations in these files')
  .addHelpText('after', '\nExit code 1: something was found.')

runCommand(program, main)
