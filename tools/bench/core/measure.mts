import { writeFileSync } from 'node:fs'

/** Loaded ahead of a measured process: on its way out it writes down what it has used. */
process.on('exit', () => {
  const path = process.env.BENCH_USAGE
  if (!path) return
  const { user, system } = process.cpuUsage()
  writeFileSync(path, JSON.stringify({ cpu: (user + system) / 1e6, memory: process.resourceUsage().maxRSS / 1024 }))
})
