const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 22 || (major === 22 && minor < 22)) {
  console.error(
    `Node ${process.versions.node} is too old: install Node 22.22 or newer, or run \`npm ci\` again, which brings one along.`,
  )
  process.exit(1)
}

require('node:module').enableCompileCache()
require('dotenv').config({ quiet: true })
require('ts-node/register')

const { newMark } = require('./support/core/names.ts')
const { supportCode } = require('./support/step-files.ts')

const mark = newMark()
const reports = `reports/${mark}`

const base = {
  plugin: ['./support/environment.plugin.ts'],
  pluginOptions: { acceptance: { mark, reports } },
  requireModule: ['ts-node/register'],
  require: supportCode(process.argv.slice(2)),
  format: ['./support/report/console.ts', ['./support/report/reports.ts', `${reports}/results.json`]],
  strict: true,
}

/** @param {'live' | 'sandbox'} target */
const on = (target) => ({ ...base, pluginOptions: { acceptance: { mark, reports, target } } })

module.exports = {
  default: base,
  live: on('live'),
  sandbox: on('sandbox'),
  ci: { ...on('sandbox'), parallel: 2, order: 'random' },
}
