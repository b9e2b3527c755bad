import { describe, test } from 'node:test'
import { expect } from 'chai'
import { ApiError, ConnectionError } from '../../../support/http/errors'
import { Reachability } from '../../../support/run/reachability'

const unreachable = (): Error => new ConnectionError('board', 'GET', 'http://board', 'ECONNREFUSED')
const refusal = (): Error => new ApiError({ service: 'board', method: 'GET', path: '/', status: 404, body: '', curl: '' })

describe('a service that becomes unreachable during a run', () => {
  test('is given up after three scenarios in a row that could not reach it', () => {
    const board = new Reachability()
    for (const error of [unreachable(), unreachable()]) board.note(error)
    expect(board.downSince).to.equal(undefined)
    board.note(unreachable())
    expect(board.downSince).to.match(/^\d\d:\d\d:\d\dZ$/)
  })

  test('is not given up for other failures, nor after one that passed', () => {
    const board = new Reachability()
    for (const error of [unreachable(), unreachable(), undefined, unreachable(), refusal(), unreachable(), unreachable()])
      board.note(error)
    expect(board.downSince).to.equal(undefined)
  })
})
