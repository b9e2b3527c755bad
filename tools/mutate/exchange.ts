import { type IncomingMessage, request as requestHttp, type ServerResponse } from 'node:http'
import { type Agent, request as requestHttps } from 'node:https'
import { type Body, decodeBody } from './body'
import type { Front, Fronts } from './fronts'
import { type Call, fillTemplate, type Reply, type RequestTree, templateOf } from './wire'

const HOP = new Set(['connection', 'keep-alive', 'transfer-encoding', 'content-length', 'host', 'accept-encoding', 'expect'])

interface Raw {
  method: string
  url: string
  headers: Record<string, string | string[] | undefined>
  body: Buffer
  /** Connections for sending it, if it was received with a client certificate. */
  agent?: Agent | undefined
}

/** One HTTP exchange through a proxy, forwarded when it is complete. */
export async function relay(fronts: Fronts, front: Front, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const raw = { ...(await readRaw(request)), agent: fronts.identities.agentFor(request) }
    if (front.role === 'control') await relayControl(fronts, front, raw, response)
    else if (front.role === 'callback') await relayCallback(fronts, front, raw, response)
    else await relayCall(fronts, front, raw, response)
  } catch {
    // The other side has closed the connection, so this one is closed as well.
    response.destroy()
  }
}

async function relayControl(fronts: Fronts, front: Front, raw: Raw, response: ServerResponse): Promise<void> {
  const reply = await forward(fronts, front, await inward(fronts, raw))
  await fronts.discover(reply.body.toString('latin1'))
  const { tree } = decodeBody(reply.body, header(reply.headers, 'content-type'))
  fronts.identities.learn(tree)
  fronts.handler.control(raw.url, tree)
  write(response, { ...reply, body: outward(fronts, reply.body) })
}

async function relayCallback(fronts: Fronts, front: Front, raw: Raw, response: ServerResponse): Promise<void> {
  const body = decodeBody(outward(fronts, raw.body), header(raw.headers, 'content-type'))
  const holder = { tree: body.tree }
  const name = fronts.wire.callback?.(body.tree, raw.headers) ?? 'call'
  const { isChanged, delivery } = fronts.handler.event({ operation: `webhook ${name}`, body: holder })
  const sent: Raw = { ...raw, body: isChanged ? body.encode(holder.tree) : outward(fronts, raw.body) }
  if (delivery.copies === 1 && delivery.delay === 0) return write(response, await forward(fronts, front, sent))
  write(response, { status: 204, headers: {}, body: Buffer.alloc(0) })
  const timer = setTimeout(async () => {
    for (let copy = 0; copy < delivery.copies; copy++) await forward(fronts, front, sent).catch(() => undefined)
  }, delivery.delay)
  fronts.onClose(() => clearTimeout(timer))
}

async function relayCall(fronts: Fronts, front: Front, outer: Raw, response: ServerResponse): Promise<void> {
  const raw = await inward(fronts, outer)
  const [path = '', query = ''] = raw.url.split('?')
  const below = path.startsWith(front.base) ? path.slice(front.base.length) : path
  const body = decodeBody(raw.body, header(raw.headers, 'content-type'))
  const { template, variables } = templateOf(fronts.wire, below)
  const tree: RequestTree = { path: variables, query: queryOf(query), body: body.tree }
  const known = { method: raw.method, path: below, headers: raw.headers, request: { tree } }
  const call: Call = { ...known, operation: fronts.wire.operation?.(known, template) ?? `${raw.method} ${template}` }
  const { isChanged, reply } = fronts.handler.call(call)
  if (reply) return write(response, encoded(fronts, reply))
  const sent = isChanged ? changed(front, raw, call, { body, template }) : raw
  await relayReply(fronts, call, await forward(fronts, front, sent), response)
}

async function relayReply(fronts: Fronts, call: Call, received: Received, response: ServerResponse): Promise<void> {
  const body = decodeBody(received.body, header(received.headers, 'content-type'))
  const reply: Reply = { status: received.status, headers: received.headers, body: { tree: body.tree } }
  const isChanged = fronts.handler.reply(call, reply)
  if (isChanged && typeof reply.body.tree === 'object' && received.body.length === 0)
    reply.headers['content-type'] = 'application/json'
  const sent = isChanged ? { ...reply, body: body.encode(reply.body.tree) } : received
  write(response, { ...sent, body: outward(fronts, sent.body) })
}

function encoded(fronts: Fronts, { status, headers, body }: Reply): Received {
  const { tree } = body
  const raw = tree === undefined ? Buffer.alloc(0) : Buffer.from(typeof tree === 'string' ? tree : JSON.stringify(tree))
  return { status, headers, body: outward(fronts, raw) }
}

function changed(front: Front, raw: Raw, call: Call, { body, template }: { body: Body; template: string }): Raw {
  const { path, query, body: tree } = call.request.tree
  const search = new URLSearchParams(
    Object.entries(query).flatMap(([key, value]) => [value].flat().map((one) => [key, one] as [string, string])),
  )
  const start = Object.keys(path).length > 0 ? fillTemplate(template, path) : call.path
  const text = search.toString()
  return { ...raw, url: `${front.base}${start}${text ? `?${text}` : ''}`, body: body.encode(tree) }
}

function queryOf(query: string): RequestTree['query'] {
  const params = new URLSearchParams(query)
  return Object.fromEntries(
    [...new Set(params.keys())].map((key) => {
      const all = params.getAll(key)
      return [key, all.length > 1 ? all : (all[0] ?? '')]
    }),
  )
}

async function inward(fronts: Fronts, raw: Raw): Promise<Raw> {
  const text = raw.body.toString('latin1')
  const mapped = await fronts.inward(text)
  return { ...raw, url: await fronts.inward(raw.url), body: mapped === text ? raw.body : Buffer.from(mapped, 'latin1') }
}

function outward(fronts: Fronts, body: Buffer): Buffer {
  const text = body.toString('latin1')
  const mapped = fronts.outward(text)
  return mapped === text ? body : Buffer.from(mapped, 'latin1')
}

async function readRaw(request: IncomingMessage): Promise<Raw> {
  const { method = 'GET', url = '/', headers } = request
  return { method, url, headers, body: await readAll(request) }
}

async function readAll(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of message) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

interface Received {
  status: number
  headers: Record<string, string | string[]>
  body: Buffer
}

function forward({ agents }: Fronts, front: Front, { method, url, headers, body, agent }: Raw): Promise<Received> {
  const isSecure = front.upstream.startsWith('https:')
  const passed = Object.fromEntries(Object.entries(headers).filter(([name]) => !HOP.has(name)))
  const length = body.length > 0 || !['GET', 'HEAD', 'DELETE'].includes(method) ? { 'content-length': String(body.length) } : {}
  return new Promise((resolve, reject) => {
    const options = { method, headers: { ...passed, ...length }, agent: agent ?? (isSecure ? agents.https : agents.http) }
    const sent = (isSecure ? requestHttps : requestHttp)(`${front.upstream}${url}`, options, (message) => {
      readAll(message).then((whole) => {
        const kept = Object.entries(message.headers).filter(([name, value]) => value !== undefined && !HOP.has(name))
        resolve({ status: message.statusCode ?? 502, headers: Object.fromEntries(kept) as Received['headers'], body: whole })
      }, reject)
    })
    sent.on('error', reject).end(body.length > 0 ? body : undefined)
  })
}

function write(response: ServerResponse, { status, headers, body }: Received): void {
  const hasBody = status !== 204 && status !== 304
  response.writeHead(status, { ...headers, ...(hasBody ? { 'content-length': body.length } : {}) })
  response.end(hasBody ? body : undefined)
}

function header(headers: Raw['headers'], name: string): string {
  return [headers[name]].flat()[0] ?? ''
}
