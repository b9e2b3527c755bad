module.exports = require('../../reports/console/console.ts')
