module.exports = require('../console.plugin.ts')
