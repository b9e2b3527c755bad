import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'

// Below the ports systems give to outgoing connections, one of which could take a port in the seconds a server needs to come up.
const [LOWEST, BEYOND] = [15_000, 32_000]
const TRIES = 100

/** A TCP port on loopback that is free at the moment, for a server that cannot choose one itself. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < TRIES; tries++) {
    const port = randomInt(LOWEST, BEYOND)
    if (await isFree(port)) return port
  }
  throw new Error(`No port between ${LOWEST} and ${BEYOND} is free.`)
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })
}
