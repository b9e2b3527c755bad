module.exports = require('../environment.plugin.ts')
