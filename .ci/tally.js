// Adds up what the unit tests and the scenarios of one `npm test` said of themselves, for the plain line a build machine reads.
const { readFileSync } = require('node:fs')

const [, , log, status] = process.argv
const text = readFileSync(log, 'utf8').replace(new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g'), '')

const sum = (pattern) => [...text.matchAll(pattern)].reduce((total, [, count]) => total + Number(count), 0)
// The last summary is that of the suite; those before it are of runs within tests.
const scenarios = [...text.matchAll(/^\d+ scenarios? \((.*)\)$/gm)].at(-1)?.[1] ?? ''
const scenariosThat = (outcome) => Number(new RegExp(`(\\d+) ${outcome}`).exec(scenarios)?.[1] ?? 0)

const passed = sum(/^(?:ℹ|#) pass (\d+)$/gm) + scenariosThat('passed')
const broken = ['failed', 'undefined', 'ambiguous', 'pending', 'unknown'].reduce(
  (total, outcome) => total + scenariosThat(outcome),
  0,
)
const failed = sum(/^(?:ℹ|#) fail (\d+)$/gm) + sum(/^(?:ℹ|#) cancelled (\d+)$/gm) + broken
const skipped = sum(/^(?:ℹ|#) skipped (\d+)$/gm) + scenariosThat('skipped')

// A step that stopped the command before it could count anything is a failure all the same.
console.log(`${passed} passed, ${status !== '0' && failed === 0 ? 1 : failed} failed, ${skipped} skipped`)
process.exit(passed > 0 ? 0 : 1)
