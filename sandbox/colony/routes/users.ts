import type { FastifyPluginAsync } from 'fastify'
import { caller, type RouteOptions } from '../context'
import { userShape } from '../shapes'

export const userRoutes: FastifyPluginAsync<RouteOptions> = async (app, { colony }) => {
  app.get('/users/me', async (request) => userShape(caller(colony, request)))
}
