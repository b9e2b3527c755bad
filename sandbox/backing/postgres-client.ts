import { Client, type ClientConfig, Pool, type PoolConfig } from 'pg'

// A lost connection fails the statement under way; without a listener its `error` event would end the process as well.
const ignoreLoss = (): void => undefined

/** Keeps the user's PGSSLMODE and PGOPTIONS out; what a URL says about TLS still counts. An empty text would not override. */
const OWN_SETTINGS = { ssl: false, options: ' ' } as const

export function newClient(config: ClientConfig): Client {
  return new Client({ ...OWN_SETTINGS, ...config }).on('error', ignoreLoss)
}

/** The pool itself listens only to those of its connections that are idle. */
export function newPool(config: PoolConfig): Pool {
  return new Pool({ ...OWN_SETTINGS, ...config })
    .on('error', ignoreLoss)
    .on('connect', (client) => client.on('error', ignoreLoss))
}

/** Runs the work on a connection of its own, which is closed afterwards. @param url with credentials */
export async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = newClient({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
