import type { Routes } from '../service/route'

const PAGE_MISSING = '<html><body><h1>UI not available</h1></body></html>'

/** Health and readiness check nothing: a response only shows that the web server is up. */
export const healthRoutes: Routes = async (app, { service }) => {
  const started = Date.now()
  for (const path of ['/health', '/server/health']) app.get(path, async () => ({ status: 'healthy' }))
  for (const path of ['/ready', '/server/ready']) app.get(path, async () => ({ status: 'ok' }))
  app.get('/metrics', async (_request, reply) => {
    return reply.header('content-type', 'text/plain; version=0.0.4; charset=utf-8').send(metrics(started))
  })
  app.get('/', async (_request, reply) => {
    const { page } = service.app
    return reply
      .code(page === undefined ? 404 : 200)
      .type('text/html; charset=utf-8')
      .send(page ?? PAGE_MISSING)
  })
}

function metrics(started: number): string {
  const { heapUsed } = process.memoryUsage()
  return [
    '# HELP process_resident_memory_bytes Memory the process uses.',
    '# TYPE process_resident_memory_bytes gauge',
    `process_resident_memory_bytes ${heapUsed}`,
    '# HELP process_start_time_seconds When the process began, in seconds since the epoch.',
    '# TYPE process_start_time_seconds gauge',
    `process_start_time_seconds ${started / 1000}`,
    '',
  ].join('\n')
}
