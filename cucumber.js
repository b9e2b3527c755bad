const { setFlagsFromString } = require('node:v8')

const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 22 || (major === 22 && minor < 22)) {
  console.error(
    `Node ${process.versions.node} is too old: install Node 22.22 or newer, or run \`npm ci\` again, which brings one along.`,
  )
  process.exit(1)
}

// Node lets the space for new objects grow to 128 MB in every thread; a run is as quick with a tenth of that.
setFlagsFromString('--min-semi-space-size=4')
setFlagsFromString('--max-semi-space-size=4')
setFlagsFromString('--semi-space-growth-factor=1')

const typescript = require.resolve('./support/run/typescript.js')
require(typescript)

exitOnUsageError(() => require('./support/config/env-file.ts').loadEnvFile())

const { newRunId } = require('./support/undo/names.ts')
const { supportCode } = require('./support/run/step-files.ts')
const { ownWorkers } = require('./support/run/workers.ts')

const argv = process.argv.slice(2)
const runId = newRunId()
const reports = `reports/${runId}`

/** Cucumber loads plugins and formatters by `import()`, in which Node 22 knows nothing of TypeScript: they come through JavaScript. */
const entry = (name) => `./support/run/entry/${name}.js`

const base = {
  plugin: [entry('plugin')],
  pluginOptions: { acceptance: { runId, reports } },
  requireModule: [typescript],
  require: supportCode(argv),
  format: [entry('console')],
  strict: true,
}

/** What the person at the keyboard can put right is said in one line. */
function exitOnUsageError(work) {
  try {
    work()
  } catch (error) {
    if (error.name !== 'UsageError') throw error
    console.error(error.message)
    process.exit(1)
  }
}

/** @param {'live' | 'sandbox'} [target] */
function workers(target) {
  const parallel = ownWorkers(argv, process.env, target)
  return parallel > 0 ? { parallel } : {}
}

/** @param {'live' | 'sandbox'} target */
const on = (target) => ({ ...base, ...workers(target), pluginOptions: { acceptance: { runId, reports, target } } })

module.exports = {
  default: { ...base, ...workers() },
  live: on('live'),
  sandbox: on('sandbox'),
  ci: { ...on('sandbox'), parallel: 2, order: 'random' },
}
