import { expect } from 'chai'
import type { Wire } from './server'

/** The start of a template, written so that the linter does not treat it as a JavaScript template. */
export const OPEN = '$' + '{'
const WRAPPED = /^<div data-format="PresentationML" data-version="2.0">([\s\S]*)<\/div>$/

/** Sends MessageML and reads the stored message. */
export function markupCalls(wire: () => Wire) {
  return {
    /** @param inner content of the root; it must be accepted */
    kept: async (inner: string, parts = {}): Promise<{ markup: string; data: Record<string, unknown> }> => {
      const { status, body } = await wire().send(`<messageML>${inner}</messageML>`, { parts })
      expect(status, `${inner}: ${JSON.stringify(body)}`).to.equal(200)
      return { markup: WRAPPED.exec(body.message)?.[1] ?? body.message, data: JSON.parse(body.data) }
    },
    /** @param message the whole message, which must be refused @returns the service's error message */
    refused: async (message: string, parts = {}): Promise<string> => {
      const { status, body } = await wire().send(message, { parts })
      expect([status, body.code], message.slice(0, 200)).to.deep.equal([400, 400])
      return body.message
    },
  }
}
