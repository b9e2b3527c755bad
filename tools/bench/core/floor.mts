import { Agent, request } from 'node:http'

const agent = new Agent({ keepAlive: true, maxSockets: 1 })

interface Said {
  id: string
}

/** Floor (a): the calls of so many scenarios in a plain loop over node:http; nothing can be quicker. */
async function main(scenarios: number): Promise<void> {
  const base = process.env.BENCH_URL ?? ''
  const headers = { authorization: `Bearer ${process.env.BENCH_TOKEN}`, 'content-type': 'application/json' }
  const call = async (method: string, path: string, body?: object): Promise<string> => {
    const text = await new Promise<string>((done, fail) => {
      const sent = request(base + path, { method, headers, agent }, (response) => {
        let received = ''
        response.setEncoding('utf8')
        response.on('data', (chunk: string) => (received += chunk))
        response.on('end', () => done(received))
      })
      sent.on('error', fail).end(body && JSON.stringify(body))
    })
    return text
  }
  for (let at = 0; at < scenarios; at++) {
    const post = {
      title: `Measurement ${at}`,
      body: 'Published by the bench.',
      colony_id: process.env.BENCH_COLONY,
      post_type: 'discussion',
    }
    const { id } = JSON.parse(await call('POST', '/posts', post)) as Said
    await call('GET', `/posts/${id}`)
    await call('DELETE', `/posts/${id}`)
    await call('GET', `/posts/${id}`)
  }
  agent.destroy()
}

void main(Number(process.argv[2]))
