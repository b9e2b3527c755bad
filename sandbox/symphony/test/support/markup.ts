import { expect } from 'chai'
import type { Wire } from './server'

/** What opens a template, spelled so that no linter takes it for one of ours. */
export const OPEN = '$' + '{'
const WRAPPED = /^<div data-format="PresentationML" data-version="2.0">([\s\S]*)<\/div>$/

/** Sends MessageML and looks at what becomes of it. */
export function markupCalls(wire: () => Wire) {
  return {
    /** @param inner what stands inside the root; it must be taken */
    kept: async (inner: string, parts = {}): Promise<{ markup: string; data: Record<string, unknown> }> => {
      const { status, body } = await wire().send(`<messageML>${inner}</messageML>`, { parts })
      expect(status, `${inner}: ${JSON.stringify(body)}`).to.equal(200)
      return { markup: WRAPPED.exec(body.message)?.[1] ?? body.message, data: JSON.parse(body.data) }
    },
    /** @param message the whole message, which must be refused @returns what the service says of it */
    refused: async (message: string, parts = {}): Promise<string> => {
      const { status, body } = await wire().send(message, { parts })
      expect([status, body.code], message.slice(0, 200)).to.deep.equal([400, 400])
      return body.message
    },
  }
}
