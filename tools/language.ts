import { usageOf } from './language/definitions'
import { readFeatures } from './language/features'
import { featureViolations, figuresOf, figureViolations, LIMITS, stepViolations } from './language/rules'
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
      `${(figures.usedOnce * 100).toFixed(0)} % used once (aim: 33 %)`,
  )
  if (violations.length > 0) console.error(`${violations.length} to mend`)
  return violations.length > 0 ? 1 : 0
}

const program = command(
  'language',
  'Says what in features and steps is not written as CONTRIBUTING.md has it, and how often step definitions are used.',
)
  .argument('[part...]', 'parts of paths: only what lies there')
  .addHelpText('after', '\nEnds with 1 where anything is found.')

runCommand(program, main)
