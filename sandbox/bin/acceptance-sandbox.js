#!/usr/bin/env node
const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 22 || (major === 22 && minor < 22)) {
  console.error(`Node ${process.versions.node} is too old: install Node 22.22 or newer.`)
  process.exit(1)
}

const { join } = require('node:path')

require('node:module').enableCompileCache()
require('ts-node').register({ project: join(__dirname, '..', 'tsconfig.json'), skipIgnore: true })
require('../serve.ts')
