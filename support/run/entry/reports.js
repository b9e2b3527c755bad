module.exports = require('../../reports/reports.ts')
