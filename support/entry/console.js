module.exports = require('../report/console.ts')
