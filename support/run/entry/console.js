module.exports = require('../../reports/console.ts')
