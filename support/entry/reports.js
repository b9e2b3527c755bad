module.exports = require('../report/reports.ts')
