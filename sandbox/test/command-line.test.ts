import { describe, test } from 'node:test'
import { expect } from 'chai'
import { freePort } from '../backing/free-port'
import { COMMAND, startNode } from '../kit/test/process'
import { serve } from '../kit/test/serve'

const run = (...args: string[]) => startNode([COMMAND, ...args]).ended

describe('acceptance-sandbox', () => {
  test('--help lists the services and the options', async () => {
    const { code, stdout, stderr } = await run('--help')
    expect([code, stderr]).to.deep.equal([0, ''])
    expect(stdout).to.contain('colony, cocalc, discord, slack, symphony, connector, orbital').and.contain('--port-base')
  })

  const mistakes: [args: string[], message: RegExp][] = [
    [['colonie'], /^There is no sandbox "colonie"\. Did you mean "colony"\? The sandboxes are: colony, /],
    [['jira'], /^There is no sandbox "jira"\. The sandboxes are: colony, /],
    [['--port-base', '65500'], /^--port-base must be a port number from 1 to 65\d\d\d\.$/],
    [['--prt', '1'], /^Unknown option '--prt'\.$/],
    [['--dialect', 'java'], /^--dialect must be 3\.52\.0, 3\.28\.3 or doc\.$/],
  ]
  for (const [args, message] of mistakes) {
    test(`${args.join(' ')} is wrong usage`, async () => {
      const { code, stdout, stderr } = await run(...args)
      expect([code, stdout]).to.deep.equal([2, ''])
      const [first, ...rest] = stderr.trim().split('\n')
      expect(first).to.match(message)
      expect(rest).to.deep.equal(['acceptance-sandbox --help shows how it is used.'])
    })
  }

  test('names the port that is in use, and what to do', async () => {
    const { port } = new URL(await serve((_request, response) => void response.end()))
    const { code, stdout, stderr } = await run('colony', '--port-base', port)
    expect([code, stdout]).to.deep.equal([1, ''])
    expect(stderr).to.match(
      new RegExp(`^Port ${port} is in use, so the sandbox of colony cannot start\\. .*--port-base \\d+\\.$`, 'm'),
    )
  })

  test('serves from any folder and ends with code 0 when it is interrupted', async () => {
    const base = await freePort()
    const { child, ended } = startNode([COMMAND, 'colony', '--port-base', String(base)])
    await new Promise<void>((resolve) => {
      child.stdout?.on('data', (chunk: Buffer) => chunk.includes('Ctrl-C') && resolve())
      child.once('exit', () => resolve())
    })
    child.kill('SIGINT')
    const { code, stdout, stderr } = await ended
    expect([code, stderr]).to.deep.equal([0, ''])
    expect(stdout).to.contain(`export COLONY_BASE_URL=http://127.0.0.1:${base}/api/v1`)
  })
})
